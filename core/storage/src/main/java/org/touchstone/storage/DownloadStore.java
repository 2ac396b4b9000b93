package org.touchstone.storage;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.MediaItem;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Short-lived links to what an analysis found. Whoever asks for a link must have checked that the
 * analysis is the caller's.
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

  /** Scheme, host and port of all links, for the pages that show what they lead to. */
  public String origin() {
    URI link =
        DownloadLink.to(presigner, objects.bucket(), "media/none", ANY_TYPE, "none", LIFETIME)
            .url();
    return link.getScheme() + "://" + link.getRawAuthority();
  }

  /** A link to a medium's bytes; empty when they are no longer stored. */
  public Optional<DownloadLink> medium(MediaItem item) {
    return link(MediaKeys.media(item.sha256()), item.mimeType(), item.id());
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
    return listed.contains(key) && MediaKeys.isEvidence(key, analysisId)
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
    return Optional.of(DownloadLink.to(presigner, objects.bucket(), key, type, fileName, LIFETIME));
  }
}
