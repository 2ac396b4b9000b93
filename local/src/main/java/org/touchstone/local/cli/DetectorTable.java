package org.touchstone.local.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.Verdict.Basis;
import org.touchstone.domain.Verdict.Vote;

/**
 * The detectors of one medium as a table. Under a policy that knows likelihoods, it shows by how
 * much each score multiplies or divides the odds of manipulation, and a second line says why;
 * otherwise it shows the weights.
 */
final class DetectorTable {
  private static final String NOTHING = "-";
  private static final int NAME_WIDTH = 14;

  /** Characters of a row between the detector's name and the reason. */
  private static final int NUMBERS_WIDTH = 27;

  private final StringBuilder out = new StringBuilder();
  private final String row;
  private final String continued;

  private DetectorTable(int nameWidth) {
    this.row = "  %-" + nameWidth + "s %-8s %7s %7s  %s%n";
    this.continued = " ".repeat(2 + nameWidth + NUMBERS_WIDTH);
  }

  static String render(MediaItem item, AnalysisResult result) {
    List<Vote> ofItem =
        result.verdict().votes().stream().filter(v -> v.mediaId().equals(item.id())).toList();
    boolean odds = ofItem.stream().anyMatch(vote -> vote.likelihood() != null);
    Map<String, Vote> votes =
        ofItem.stream()
            .collect(
                Collectors.toMap(v -> v.track() + v.detector(), Function.identity(), (a, b) -> a));
    List<MediaReport> reports =
        result.reports().stream().filter(report -> report.mediaId().equals(item.id())).toList();
    DetectorTable table =
        new DetectorTable(
            reports.stream()
                .mapToInt(report -> ResultTable.clean(report.report().detector()).length())
                .reduce(NAME_WIDTH, Math::max));
    table.out.append(
        String.format(
            "%n" + table.row, "Detector", "Track", "Score", odds ? "Odds" : "Weight", "Why"));
    for (MediaReport report : reports) {
      table.add(report, votes.get(report.track() + report.report().detector()));
    }
    return table.out.toString();
  }

  private void add(MediaReport report, Vote vote) {
    DetectorReport r = report.report();
    String seen = why(r);
    String weighed = vote == null ? "" : weighed(vote);
    out.append(
        String.format(
            Locale.ROOT,
            row,
            ResultTable.clean(r.detector()),
            report.track().code(),
            r.score() == null ? NOTHING : String.format(Locale.ROOT, "%.3f", r.score()),
            vote == null || vote.weight() == 0 ? NOTHING : worth(vote),
            seen.isEmpty() ? weighed : seen));
    if (!seen.isEmpty() && !weighed.isEmpty()) {
      out.append(continued).append(weighed).append(System.lineSeparator());
    }
  }

  private static String worth(Vote vote) {
    if (vote.likelihood() == null) {
      return String.format(Locale.ROOT, "%.2f", vote.weight());
    }
    double effect = vote.weight() * vote.likelihood().ratio();
    return String.format(
        Locale.ROOT, "%s%.1f", effect < 0 ? "/ " : "x ", Math.exp(Math.abs(effect)));
  }

  /** Why a score counts as it does. What a file claims is explained by what was seen. */
  private static String weighed(Vote vote) {
    return vote.likelihood() == null || vote.likelihood().basis() == Basis.CLAIM
        ? ""
        : ResultTable.printable(vote.why());
  }

  private static String why(DetectorReport report) {
    if (report.status() != ReportStatus.SCORED) {
      String verb = report.status() == ReportStatus.FAILED ? "failed: " : "abstained: ";
      // The sentence of an error says nothing that a reader can act on.
      return report.reason() == Reason.ERROR && report.detail() != null
          ? verb + ResultTable.clean(report.detail())
          : verb + report.reason().sentence();
    }
    Evidence evidence = report.evidence();
    if (evidence == null) {
      return "";
    }
    if (evidence.rationale() != null) {
      return ResultTable.clean(evidence.rationale());
    }
    if (evidence.generator() != null) {
      String generator = ResultTable.clean(evidence.generator());
      // Reports of earlier versions carry no rationale.
      return report.detector().equals(EnsembleDetector.METADATA.name())
          ? "The file names " + generator + "; this can be forged."
          : "made with " + generator;
    }
    if (evidence.faces() != null) {
      return faces(evidence.faces());
    }
    return evidence.findings().stream()
        .filter(finding -> !finding.source().equals("file"))
        .findFirst()
        .map(f -> ResultTable.clean(f.name() + ": " + f.value()))
        .orElse("");
  }

  private static String faces(Evidence.Faces faces) {
    int count = faces.people().size();
    StringJoiner parts = new StringJoiner(", ");
    if (count > 0) {
      parts.add(count == 1 ? "1 person" : count + " people");
    }
    faces.peaks().stream()
        .findFirst()
        .ifPresent(peak -> parts.add(String.format(Locale.ROOT, "highest at %.1f s", peak.time())));
    parts.add("faces by " + ResultTable.clean(faces.detector()));
    return parts.toString();
  }
}
