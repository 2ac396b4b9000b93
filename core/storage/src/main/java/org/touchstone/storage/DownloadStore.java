package org.touchstone.storage;

import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.MediaItem;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/**
 * Short-lived links to what an analysis found. The media type and the wish to be saved rather than
 * shown are part of a link's signature, so that nobody can make a page of what somebody uploaded.
 * Whoever asks for a link must have checked that the analysis is the caller's.
 */
public final class DownloadStore {
  /** Validity of a link. */
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final String ANY_TYPE = "application/octet-stream";

  private final ObjectStore objects;
  private final S3Presigner presigner;

  public DownloadStore(ObjectStore objects, S3Presigner presigner) {
    this.objects = objects;
    this.presigner = presigner;
  }

  /** A link to a medium's bytes; empty when they are no longer stored. */
  public Optional<DownloadLink> medium(MediaItem item) {
    return link(Keys.media(item.sha256()), item.mimeType(), item.id());
  }

  /**
   * A link to a piece of evidence of an analysis.
   *
   * @param name its key after {@code analyses/{id}/evidence/}
   * @param listed the keys that the analysis' reports name; only these can be had
   * @return empty when it is not one of these, or is no longer stored
   */
  public Optional<DownloadLink> evidence(String analysisId, String name, Set<String> listed) {
    String key = Keys.analysis(analysisId) + "evidence/" + name;
    return listed.contains(key) && Keys.isEvidence(key, analysisId)
        ? link(key, typeOf(key), key.substring(key.lastIndexOf('/') + 1))
        : Optional.empty();
  }

  private static String typeOf(String key) {
    String ending = key.substring(key.lastIndexOf('.') + 1);
    return switch (ending) {
      case "png" -> "image/png";
      case "jpg" -> "image/jpeg";
      case "json" -> "application/json";
      default -> ANY_TYPE;
    };
  }

  private Optional<DownloadLink> link(String key, String mimeType, String fileName) {
    if (objects.head(key).isEmpty()) {
      return Optional.empty();
    }
    String type = mimeType == null ? ANY_TYPE : mimeType;
    PresignedGetObjectRequest presigned =
        presigner.presignGetObject(
            presign ->
                presign
                    .signatureDuration(LIFETIME)
                    .getObjectRequest(
                        get ->
                            get.bucket(objects.bucket())
                                .key(key)
                                .responseContentType(type)
                                .responseContentDisposition(
                                    MediaStore.ATTACHMENT
                                        + "; filename=\""
                                        + fileName.replaceAll("[^A-Za-z0-9._-]", "_")
                                        + "\"")));
    try {
      return Optional.of(new DownloadLink(presigned.url().toURI(), type, presigned.expiration()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a presigned URL is a URI", e);
    }
  }
}
