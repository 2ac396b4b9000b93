package org.touchstone.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.touchstone.domain.S3Location;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The media, addressed by content: the same bytes are stored once. */
public final class MediaStore {
  static final String ATTACHMENT = "attachment";

  private final ObjectStore objects;
  private final S3Client s3;
  private final S3Presigner presigner;
  private final ServerSideCopy copier;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public MediaStore(ObjectStore objects, S3Client s3, S3Presigner presigner) {
    this(objects, s3, presigner, new ServerSideCopy(s3, objects.bucket()), InstantSource.system());
  }

  MediaStore(
      ObjectStore objects,
      S3Client s3,
      S3Presigner presigner,
      ServerSideCopy copier,
      InstantSource clock) {
    this.objects = objects;
    this.s3 = s3;
    this.presigner = presigner;
    this.copier = copier;
    this.clock = clock;
  }

  /** Starts a new medium whose bytes and hash are not yet known. */
  public IncomingMedium receive() {
    return new IncomingMedium(
        objects,
        s3,
        copier,
        new MediaReferences(objects, clock),
        MediaKeys.incoming(Ids.randomId(random)),
        clock);
  }

  /**
   * Stores a medium unless it is already stored. A browser that follows a link to it saves it and
   * never shows it as a page.
   *
   * @param sha256 lower-case hexadecimal SHA-256 of the file; S3 rejects bytes with a different
   *     hash
   * @param mimeType media type decided by content
   */
  public S3Location store(String sha256, Path file, String mimeType) {
    String key = MediaKeys.media(sha256);
    if (objects.head(key).isEmpty()) {
      String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
      objects.createIfAbsent(
          key,
          request ->
              request.contentType(mimeType).contentDisposition(ATTACHMENT).checksumSHA256(checksum),
          RequestBody.fromFile(file));
    }
    return new S3Location(objects.bucket(), key);
  }

  public boolean contains(String sha256) {
    return objects.head(MediaKeys.media(sha256)).isPresent();
  }

  /**
   * Refers to a medium that another analysis brought, and rewrites it if that was more than a day
   * ago: the bucket's lifecycle rule counts from the last write.
   *
   * @return whether it is still stored; if so, it stays as long as this reference
   */
  public boolean keep(MediaOwner owner, String sha256) {
    new MediaReferences(objects, clock).hold(owner, sha256);
    String key = MediaKeys.media(sha256);
    Optional<ObjectInfo> present = objects.head(key);
    present.ifPresent(
        info -> IncomingMedium.renew(objects, copier, clock, key, info, info.contentType()));
    return present.isPresent();
  }

  /**
   * Copies a medium to a file, replacing the file's content.
   *
   * @throws NoSuchObjectException when the medium does not exist
   * @throws ObjectTooLargeException when the medium has more than {@code maxBytes}
   */
  public void download(S3Location from, Path to, long maxBytes) {
    WholeObject.read(
            s3,
            from,
            maxBytes,
            (response, in) -> {
              WholeObject.requireWhole(
                  Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING), response);
              return to;
            })
        .orElseThrow(() -> new NoSuchObjectException(from.key()));
  }

  /** A link that lets anyone read the medium until its lifetime ends. */
  public URI presignGet(S3Location location, Duration lifetime) {
    try {
      return presigner
          .presignGetObject(
              presign ->
                  presign
                      .signatureDuration(lifetime)
                      .getObjectRequest(
                          get ->
                              get.bucket(location.bucket())
                                  .key(location.key())
                                  .responseContentDisposition(ATTACHMENT)))
          .url()
          .toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a presigned URL is a URI", e);
    }
  }
}
