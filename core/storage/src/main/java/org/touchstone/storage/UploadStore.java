package org.touchstone.storage;

import java.io.InputStream;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** Files that users upload before they request an analysis; the bytes go directly to S3. */
public final class UploadStore {
  /** Validity of a permission to upload. */
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  private static final int MAX_CONTENT_TYPE = 255;

  /** With parameters, as browsers' recorders name their files: {@code audio/webm;codecs=opus}. */
  private static final Pattern CONTENT_TYPE =
      Pattern.compile(
          "[A-Za-z0-9!#$&^_.+-]{1,64}/[A-Za-z0-9!#$&^_.+-]{1,64}"
              + "( ?; ?[A-Za-z0-9_.+-]{1,64}=([A-Za-z0-9!#$&'*^_.+-]{1,64}|\"[A-Za-z0-9, .+-]{1,128}\")){0,4}");

  private final ObjectStore objects;
  private final S3Presigner presigner;
  private final long maxBytes;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param maxBytes maximum size of a file, bytes
   */
  public UploadStore(ObjectStore objects, S3Presigner presigner, long maxBytes) {
    this.objects = objects;
    this.presigner = presigner;
    this.maxBytes = maxBytes;
  }

  /**
   * Permits the upload of one file of exactly this type and size.
   *
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the type is not a media type
   *     or the size not positive; {@link ProblemType#REQUEST_TOO_LARGE} when it is above the limit
   */
  public Upload create(String contentType, long bytes) {
    if (contentType == null
        || contentType.length() > MAX_CONTENT_TYPE
        || !CONTENT_TYPE.matcher(contentType).matches()) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "The content type must be a media type such as image/jpeg.");
    }
    if (bytes < 1) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "The file must have at least one byte.");
    }
    if (bytes > maxBytes) {
      throw new ProblemException(
          ProblemType.REQUEST_TOO_LARGE, "The file may have at most " + maxBytes + " bytes.");
    }
    String uploadId = Ids.randomId(random);
    PresignedPutObjectRequest presigned =
        presigner.presignPutObject(
            presign ->
                presign
                    .signatureDuration(LIFETIME)
                    .putObjectRequest(
                        put ->
                            put.bucket(objects.bucket())
                                .key(Keys.upload(uploadId))
                                .contentType(contentType)
                                .contentLength(bytes)));
    try {
      return new Upload(
          uploadId,
          presigned.url().toURI(),
          Map.of("Content-Type", contentType),
          presigned.expiration());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a presigned URL is a URI", e);
    }
  }

  /**
   * The uploaded object's metadata; empty when nothing was uploaded, or when the id is not valid.
   */
  public Optional<ObjectInfo> head(String uploadId) {
    return Keys.isUploadId(uploadId) ? objects.head(Keys.upload(uploadId)) : Optional.empty();
  }

  /**
   * Opens the uploaded file.
   *
   * @throws NoSuchObjectException when nothing was uploaded, or when the id is not valid
   */
  public InputStream open(String uploadId) {
    if (!Keys.isUploadId(uploadId)) {
      throw new NoSuchObjectException("of this upload id");
    }
    return objects.open(Keys.upload(uploadId));
  }
}
