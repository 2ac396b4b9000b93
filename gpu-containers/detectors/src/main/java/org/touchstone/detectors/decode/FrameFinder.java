package org.touchstone.detectors.decode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;

/** Finds single frames of a video again. */
public final class FrameFinder {
  /** Longest search for one picture. Scores do not depend on it. */
  private static final Duration MAX_TIME = Duration.ofSeconds(10);

  /** Largest difference between two times of the same frame, seconds. */
  private static final double SAME_TIME = 1e-6;

  private final DecodeLimits limits;

  public FrameFinder(DecodeLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * The frame that begins at a time, upright; empty when there is none or it takes too long.
   *
   * @throws DetectionException with {@link Reason#TIMEOUT} when the thread was interrupted
   */
  public Optional<RgbImage> find(Path file, double seconds) {
    Deadline deadline = Deadline.in(MAX_TIME);
    try (VideoReader video = VideoReader.open(file, limits.maxSourcePixels(), deadline)) {
      boolean found =
          video.seek(seconds) && decodesTo(video, seconds)
              // Some containers seek past a frame that needs earlier frames.
              || video.rewind() && decodesTo(video, seconds);
      return found ? Optional.of(video.image(limits.maxFramePixels())) : Optional.empty();
    } catch (DetectionException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static boolean decodesTo(VideoReader video, double seconds) {
    while (video.decodeNext()) {
      double difference = video.time() - seconds;
      if (difference > -SAME_TIME) {
        return difference < SAME_TIME;
      }
    }
    return false;
  }
}
