package org.touchstone.billing;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.touchstone.domain.Modality;

/** What a price is for. */
public enum Unit {
  @JsonProperty("image")
  IMAGE,
  /** A minute of a recording; one that has begun counts whole. */
  @JsonProperty("video-minute")
  VIDEO_MINUTE,
  /** A minute of a recording; one that has begun counts whole. */
  @JsonProperty("audio-minute")
  AUDIO_MINUTE;

  private static final double SECONDS_PER_MINUTE = 60;

  /** The unit in which a kind of medium is priced. A video's sound is a part of the video. */
  public static Unit of(Modality modality) {
    return switch (modality) {
      case IMAGE -> IMAGE;
      case VIDEO -> VIDEO_MINUTE;
      case AUDIO -> AUDIO_MINUTE;
    };
  }

  /**
   * How many units a medium has: 1 for an image, else its length in minutes, rounded up.
   *
   * @param seconds its length; null when unknown, which counts as one minute
   */
  public long count(Double seconds) {
    return this == IMAGE || seconds == null
        ? 1
        : Math.max(1, (long) Math.ceil(seconds / SECONDS_PER_MINUTE));
  }
}
