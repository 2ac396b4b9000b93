package org.touchstone.detectors.decode;

import java.nio.file.Path;
import java.util.Objects;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;

/**
 * Decodes a stretch of a video with evenly left-out frames: as few as give a wanted rate. One
 * picture is in memory at a time.
 */
public final class FrameStretch {
  /** Rates such as 24000/1001 count as whole numbers. */
  private static final double RATE_TOLERANCE = 0.1;

  private final DecodeLimits limits;

  public FrameStretch(DecodeLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /** Receives the frames. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param seconds from the start of the video, later than the frame before
     */
    void frame(double seconds, RgbImage picture);
  }

  /**
   * Decodes from one time to another.
   *
   * @param rate frames wanted in a second, at least; all are visited if the video has fewer
   * @param most frames visited at most
   * @param deadline after which it ends as at the end of the video
   * @return frames visited
   * @throws DetectionException as {@link VideoReader#open}
   */
  public int visit(
      Path file,
      double from,
      double to,
      double rate,
      int most,
      Deadline deadline,
      Visitor visitor) {
    try (VideoReader video = VideoReader.open(file, limits.maxSourcePixels(), deadline)) {
      double all = video.frameRate();
      int step = Double.isNaN(all) ? 1 : Math.max(1, (int) ((all + RATE_TOLERANCE) / rate));
      if (from > 0 && !video.seek(from)) {
        video.rewind();
      }
      int visited = 0;
      int since = 0;
      double last = Double.NEGATIVE_INFINITY;
      while (visited < most && video.decodeNext()) {
        double time = video.time();
        if (Double.isNaN(time)) {
          throw new DetectionException(
              Reason.NOT_APPLICABLE, "Its frames have no times to compare with the sound.");
        }
        if (time >= to) {
          break;
        }
        if (time >= from && time > last && since++ % step == 0) {
          last = time;
          visitor.frame(time, video.image(limits.maxFramePixels()));
          visited++;
        }
      }
      return visited;
    }
  }
}
