package org.touchstone.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Roster;

/** What is said in a medium, as the lines of a table: a line for each of its first passages. */
final class SpokenText {
  private static final int MAX_PASSAGES = 6;

  private SpokenText() {}

  /** The lines of a medium; empty when nothing was written down. */
  static List<TextLine> of(MediaItem item, List<MediaReport> reports) {
    List<TextLine> lines = new ArrayList<>();
    reports.stream()
        .filter(report -> report.mediaId().equals(item.id()))
        .map(report -> report.report().evidence())
        .filter(Objects::nonNull)
        .filter(seen -> seen.speech() != null && !seen.speech().passages().isEmpty())
        .forEach(
            seen -> {
              add(lines, seen.speech());
              addJudge(lines, seen);
            });
    return lines;
  }

  /** Who judged the words, why, and what could be checked; claims are shown and never scored. */
  private static void addJudge(List<TextLine> lines, Evidence seen) {
    List<Evidence.Finding> all = seen.findings();
    all.stream()
        .filter(each -> each.source().equals(Roster.JUDGE) && each.name().equals("version"))
        .findFirst()
        .ifPresent(each -> lines.add(new TextLine("Judge", ResultTable.clean(each.value()))));
    all.stream()
        .filter(each -> each.name().equals("sent"))
        .forEach(each -> lines.add(new TextLine("  Sent", ResultTable.clean(each.value()))));
    if (seen.rationale() != null) {
      lines.add(new TextLine("  Why", ResultTable.printable(seen.rationale())));
    }
    all.stream()
        .filter(each -> each.source().equals(Roster.JUDGE) && each.name().equals("claim"))
        .forEach(
            each ->
                lines.add(
                    new TextLine("  Claim", ResultTable.clean(each.value()) + " (not checked)")));
  }

  private static void add(List<TextLine> lines, Evidence.Speech speech) {
    lines.add(
        new TextLine(
            "Spoken",
            "language %s, written down by %s"
                .formatted(
                    ResultTable.clean(speech.language()), ResultTable.clean(speech.recogniser()))));
    List<Evidence.Passage> passages = speech.passages();
    for (Evidence.Passage passage : passages.subList(0, Math.min(MAX_PASSAGES, passages.size()))) {
      String text = ResultTable.clean(passage.text());
      lines.add(
          new TextLine(
              "  " + TextLine.clock(passage.start()),
              passage.doubtful() ? text + " (unsure)" : text));
    }
    if (passages.size() > MAX_PASSAGES) {
      lines.add(new TextLine("", "and %d passages more".formatted(passages.size() - MAX_PASSAGES)));
    }
  }
}
