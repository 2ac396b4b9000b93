package org.touchstone.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.MediaItem;

/** What is said in a medium, as the lines of a table: a line for each of its first passages. */
final class SpokenText {
  private static final int MAX_PASSAGES = 6;

  private SpokenText() {}

  /** A line; the name may be empty. */
  record Line(String name, String text) {}

  /** The lines of a medium; empty when nothing was written down. */
  static List<Line> of(MediaItem item, List<MediaReport> reports) {
    List<Line> lines = new ArrayList<>();
    reports.stream()
        .filter(report -> report.mediaId().equals(item.id()))
        .map(report -> report.report().evidence())
        .filter(Objects::nonNull)
        .map(Evidence::speech)
        .filter(speech -> speech != null && !speech.passages().isEmpty())
        .forEach(speech -> add(lines, speech));
    return lines;
  }

  private static void add(List<Line> lines, Evidence.Speech speech) {
    lines.add(
        new Line(
            "Spoken",
            "language %s, written down by %s"
                .formatted(
                    ResultTable.clean(speech.language()), ResultTable.clean(speech.recogniser()))));
    List<Evidence.Passage> passages = speech.passages();
    for (Evidence.Passage passage : passages.subList(0, Math.min(MAX_PASSAGES, passages.size()))) {
      String text = ResultTable.clean(passage.text());
      lines.add(
          new Line("  " + clock(passage.start()), passage.doubtful() ? text + " (unsure)" : text));
    }
    if (passages.size() > MAX_PASSAGES) {
      lines.add(new Line("", "and %d passages more".formatted(passages.size() - MAX_PASSAGES)));
    }
  }

  private static String clock(double seconds) {
    return "%d:%02d".formatted((int) seconds / 60, (int) seconds % 60);
  }
}
