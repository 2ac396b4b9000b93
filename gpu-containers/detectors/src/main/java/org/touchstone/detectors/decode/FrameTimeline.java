package org.touchstone.detectors.decode;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.Evidence.TimelineSegment;

/** Scores of single frames as scores over time. */
public final class FrameTimeline {
  private FrameTimeline() {}

  /**
   * One segment per frame, up to the next frame.
   *
   * @param times of the frames, seconds, ascending
   * @param scores of the frames
   * @param duration of the video, seconds; null when it is not known
   */
  public static List<TimelineSegment> of(List<Double> times, List<Double> scores, Double duration) {
    List<TimelineSegment> timeline = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      double start = times.get(i);
      double last = duration == null ? start : Math.max(start, duration);
      double end = i + 1 < times.size() ? times.get(i + 1) : last;
      timeline.add(new TimelineSegment(start, end, scores.get(i)));
    }
    return timeline;
  }
}
