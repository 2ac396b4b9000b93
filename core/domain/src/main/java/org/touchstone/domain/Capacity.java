package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The largest medium that an endpoint accepts. Each limit is optional.
 *
 * @param maxBytes bytes of the file; null for any
 * @param maxSeconds length of a video or recording; null for any
 * @param maxPixels pixels of a picture or of a video's frame; null for any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Capacity(Long maxBytes, Double maxSeconds, Long maxPixels) {
  /** Holds every medium. */
  public static final Capacity UNLIMITED = new Capacity(null, null, null);

  public Capacity {
    if (maxBytes != null && maxBytes <= 0
        || maxSeconds != null && !(maxSeconds > 0)
        || maxPixels != null && maxPixels <= 0) {
      throw new IllegalArgumentException("a limit must be positive");
    }
  }

  /** What is limited. */
  public enum Limit {
    BYTES,
    SECONDS,
    PIXELS
  }

  /**
   * Whether a track of a medium is within the limits. A video or recording of unknown length, and a
   * picture of unknown size, are not within a limit of that kind: they could be of any.
   */
  public boolean holds(MediaItem medium, Modality track) {
    return exceededBy(medium, track).isEmpty();
  }

  /** The first limit that a track of a medium is not within. */
  public Optional<Limit> exceededBy(MediaItem medium, Modality track) {
    if (!holdsSeconds(medium)) {
      return Optional.of(Limit.SECONDS);
    }
    if (!holdsBytes(medium)) {
      return Optional.of(Limit.BYTES);
    }
    return holdsPixels(medium, track) ? Optional.empty() : Optional.of(Limit.PIXELS);
  }

  private boolean holdsBytes(MediaItem medium) {
    return maxBytes == null || medium.bytes() <= maxBytes;
  }

  private boolean holdsSeconds(MediaItem medium) {
    return maxSeconds == null
        || medium.modality() == Modality.IMAGE
        || medium.durationSeconds() != null && medium.durationSeconds() <= maxSeconds;
  }

  private boolean holdsPixels(MediaItem medium, Modality track) {
    return maxPixels == null
        || track == Modality.AUDIO
        || medium.width() != null
            && medium.height() != null
            && (long) medium.width() * medium.height() <= maxPixels;
  }
}
