package org.touchstone.detectors.decode;

import java.util.Objects;
import org.touchstone.detectors.pixels.RgbImage;

/**
 * A frame of a video.
 *
 * @param seconds time from the start of the video
 * @param image its picture, upright
 */
public record VideoFrame(double seconds, RgbImage image) {
  public VideoFrame {
    Objects.requireNonNull(image, "image");
  }
}
