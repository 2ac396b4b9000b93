package org.touchstone.detectors.pipelines;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.context.PeakFrame;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.pixels.Thumbnail;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Evidence.TimelineSegment;

/** The frames of a video at which a score is highest, for people to see. */
public final class Peaks {
  private static final int MAX_PEAKS = 3;

  /** Smallest distance between two peaks, seconds. */
  private static final double DISTANCE = 1;

  private Peaks() {}

  /** The highest of some peaks that are apart, the highest first. */
  static List<Peak> highest(List<Peak> all) {
    List<Peak> peaks = new ArrayList<>();
    for (Peak peak :
        all.stream().sorted(Comparator.comparingDouble(Peak::score).reversed()).toList()) {
      boolean apart = peaks.stream().allMatch(p -> Math.abs(p.time() - peak.time()) >= DISTANCE);
      if (apart && peaks.size() < MAX_PEAKS) {
        peaks.add(peak);
      }
    }
    return peaks;
  }

  /** The peaks of a timeline whose segments begin at a frame each. */
  public static List<Peak> of(List<TimelineSegment> timeline) {
    return highest(
        timeline.stream().map(each -> new Peak(each.start(), each.score(), 0, null)).toList());
  }

  /**
   * Hands over pictures of peaks where their frames can be found again.
   *
   * @param peaks in the order of the report's evidence
   */
  public static void addFrames(MediaContext media, String detector, List<Peak> peaks) {
    addFrames(media, detector, peaks, Map.of());
  }

  /**
   * The same for a detector that still holds pictures of frames, which need not be found again.
   *
   * @param held by their times
   */
  static void addFrames(
      MediaContext media, String detector, List<Peak> peaks, Map<Double, RgbImage> held) {
    for (int i = 0; i < peaks.size(); i++) {
      double time = peaks.get(i).time();
      Optional<RgbImage> frame =
          held.containsKey(time) ? Optional.of(held.get(time)) : media.frameAt(time);
      if (frame.isPresent()) {
        media.add(new PeakFrame(detector, i, Thumbnail.jpeg(frame.get())));
      }
    }
  }
}
