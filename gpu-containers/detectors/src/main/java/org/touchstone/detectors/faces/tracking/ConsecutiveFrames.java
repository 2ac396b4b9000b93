package org.touchstone.detectors.faces.tracking;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.decode.VideoReader;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;

/** Decodes the first frames of a video, one after another; the same ones every time. */
final class ConsecutiveFrames {
  /** Assumed duration of a frame if the video does not say. */
  private static final double DEFAULT_FRAME_SECONDS = 0.04;

  private final Path file;
  private final DecodeLimits limits;

  ConsecutiveFrames(Path file, DecodeLimits limits) {
    this.file = Objects.requireNonNull(file, "file");
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /** Receives the frames. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param number from 0
     * @param seconds from the start of the video, later than the frame before
     * @param picture makes the frame's picture; call it only for frames that need it
     * @return whether to go on
     */
    boolean frame(int number, double seconds, Picture picture);
  }

  /** Makes the picture of the last decoded frame. */
  @FunctionalInterface
  interface Picture {
    RgbImage make();
  }

  /**
   * Decodes until the visitor has enough, the limits are reached or the video ends.
   *
   * @param maxTime how long it may take, the visitor's work included
   * @return how many frames were decoded; at least one
   * @throws DetectionException as {@link VideoReader#open}, or with {@link Reason#CORRUPT} when not
   *     even one frame can be decoded, {@link Reason#TIMEOUT} when that took too long
   */
  int visit(Duration maxTime, Visitor visitor) {
    Deadline deadline = Deadline.in(maxTime);
    try (VideoReader video = VideoReader.open(file, limits.maxSourcePixels(), deadline)) {
      double step = Double.isNaN(video.frameRate()) ? DEFAULT_FRAME_SECONDS : 1 / video.frameRate();
      int count = 0;
      double last = -step;
      boolean more = true;
      while (more && count < limits.consecutive().frames() && video.decodeNext()) {
        double time = video.time();
        // Times that are missing or run backwards would put the evidence out of order.
        last = time > last && time >= 0 ? time : last + step;
        more = visitor.frame(count, last, () -> video.image(limits.maxFramePixels()));
        count++;
      }
      if (count == 0) {
        throw deadline.passed()
            ? new DetectionException(Reason.TIMEOUT, "Decoding it took too long.")
            : new DetectionException(Reason.CORRUPT, "None of its frames can be decoded.");
      }
      return count;
    }
  }
}
