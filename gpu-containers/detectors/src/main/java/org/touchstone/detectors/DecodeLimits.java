package org.touchstone.detectors;

import java.time.Duration;
import java.util.Objects;

/**
 * How much of a medium is decoded.
 *
 * @param frames how many frames of a video are sampled
 * @param maxSourcePixels width times height beyond which a picture or a video is refused, judged by
 *     its header before anything is decoded
 * @param maxImagePixels width times height beyond which a picture is decoded at a lower resolution
 * @param maxFramePixels width times height beyond which a frame of a video is scaled down; together
 *     the frames of a video take at most {@code 3 * frames * maxFramePixels} bytes
 * @param maxTime how long decoding one video may take; what was decoded by then counts
 */
public record DecodeLimits(
    int frames, long maxSourcePixels, long maxImagePixels, long maxFramePixels, Duration maxTime) {

  /** 16 frames of Full HD, pictures of up to 64 megapixels kept at up to 25, a minute. */
  public static final DecodeLimits DEFAULT =
      new DecodeLimits(16, 64_000_000, 25_000_000, 1920 * 1088, Duration.ofMinutes(1));

  public DecodeLimits {
    Objects.requireNonNull(maxTime, "maxTime");
    if (frames < 1 || maxSourcePixels < 1 || maxImagePixels < 1 || maxFramePixels < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
