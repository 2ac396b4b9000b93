package org.touchstone.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.MediaItem;

/** How voices sound over time: the score of each window that a detector of voices heard. */
final class VoiceTimeline {
  private static final int IN_A_LINE = 10;

  /** More than detectors hear: reports of endpoints are data from outside. */
  private static final int MOST = 60;

  private VoiceTimeline() {}

  /** The lines of a medium, each named by where its first window begins. */
  static List<TextLine> of(MediaItem item, List<MediaReport> reports) {
    List<TextLine> lines = new ArrayList<>();
    for (MediaReport each : reports) {
      DetectorReport report = each.report();
      if (each.mediaId().equals(item.id())
          && report.category() == Category.VOICE
          && report.evidence() != null
          && !report.evidence().timeline().isEmpty()) {
        add(lines, report.detector(), report.evidence().timeline());
      }
    }
    return lines;
  }

  private static void add(List<TextLine> lines, String detector, List<TimelineSegment> timeline) {
    lines.add(
        new TextLine(
            "Voice", "scores over time by " + ResultTable.clean(detector) + ", 1 is synthetic"));
    List<TimelineSegment> shown = timeline.subList(0, Math.min(MOST, timeline.size()));
    for (int i = 0; i < shown.size(); i += IN_A_LINE) {
      List<TimelineSegment> some = shown.subList(i, Math.min(i + IN_A_LINE, shown.size()));
      lines.add(
          new TextLine(
              "  " + TextLine.clock(some.getFirst().start()),
              some.stream()
                  .map(segment -> String.format(Locale.ROOT, "%.2f", segment.score()))
                  .collect(Collectors.joining(" "))));
    }
    if (timeline.size() > MOST) {
      lines.add(new TextLine("", "and %d windows more".formatted(timeline.size() - MOST)));
    }
  }
}
