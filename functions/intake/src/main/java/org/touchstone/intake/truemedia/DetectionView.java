package org.touchstone.intake.truemedia;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.intake.truemedia.Answers.DetectionResults;
import org.touchstone.intake.truemedia.Answers.DetectionState;
import org.touchstone.intake.truemedia.Answers.DetectorResult;

/** An analysis in the words of this layer. */
final class DetectionView {
  private static final String PROCESSING = "PROCESSING";
  private static final String COMPLETE = "COMPLETE";
  private static final String ERROR = "ERROR";
  private static final String UNKNOWN = "unknown";

  /** The original's limits of its ranks: a score up to the first is low, one above both is high. */
  private static final double UNCERTAIN_ABOVE = 0.33;

  private static final double HIGH_ABOVE = 0.5;
  private static final double MILLIS = 1000;

  private DetectionView() {}

  static DetectionState state(Analysis analysis) {
    return new DetectionState(name(analysis.status()), pending(analysis));
  }

  /**
   * The answer of {@code check-analysis} and {@code get-results}.
   *
   * @param whileUnknown the verdict while detectors are at work; null to leave it out
   */
  static DetectionResults results(Analysis analysis, String whileUnknown) {
    String state = name(analysis.status());
    return switch (state) {
      case ERROR -> error(reason(analysis.error()));
      case COMPLETE ->
          new DetectionResults(
              state,
              byDetector(analysis),
              verdict(analysis.levelInForce()),
              null,
              seconds(analysis.timings().total()),
              null);
      default ->
          new DetectionResults(
              state, byDetector(analysis), whileUnknown, pending(analysis), null, null);
    };
  }

  static DetectionResults error(String reason) {
    return new DetectionResults(ERROR, null, null, null, null, List.of(reason));
  }

  /** A problem as a sentence. */
  static String reason(Problem problem) {
    return problem.detail() == null ? problem.type().title() : problem.detail();
  }

  private static String name(AnalysisStatus status) {
    return switch (status) {
      case COMPLETE -> COMPLETE;
      case FAILED -> ERROR;
      default -> PROCESSING;
    };
  }

  private static int pending(Analysis analysis) {
    if (!name(analysis.status()).equals(PROCESSING)) {
      return 0;
    }
    // Before the jobs are planned, and while the vote is held, the analysis itself is pending.
    int detectors =
        analysis.preliminary() == null
            ? 0
            : analysis.preliminary().pending().stream()
                .mapToInt(job -> job.detectors().size())
                .sum();
    return Math.max(1, detectors);
  }

  /** The reports that have a place in the original's answer: a failed one has none. */
  private static Map<String, DetectorResult> byDetector(Analysis analysis) {
    Map<String, DetectorResult> results = new LinkedHashMap<>();
    for (Analysis.MediaReport of : analysis.reports()) {
      DetectorReport report = of.report();
      if (report.status() != ReportStatus.FAILED) {
        results.merge(
            PublicIds.of(report.detector(), of.track()), result(report), DetectionView::clearer);
      }
    }
    return results;
  }

  /** Of two tracks that one id stands for, the more suspicious one. */
  private static DetectorResult clearer(DetectorResult one, DetectorResult other) {
    return other.score() > one.score() || one.rank().equals("n/a") ? other : one;
  }

  private static DetectorResult result(DetectorReport report) {
    double time =
        report.timings() == null
            ? 0
            : (report.timings().decode() + report.timings().inference()) / MILLIS;
    return report.score() == null
        ? new DetectorResult("n/a", 0, time)
        : new DetectorResult(rank(report.score()), report.score(), time);
  }

  private static String rank(double score) {
    if (score > HIGH_ABOVE) {
      return "high";
    }
    return score > UNCERTAIN_ABOVE ? "uncertain" : "low";
  }

  /**
   * The original had no word for "nobody could judge it", and said low. Its clients take unknown
   * for not yet.
   */
  private static String verdict(Level level) {
    return switch (level) {
      case null -> UNKNOWN;
      case TRUSTED -> "trusted";
      case LOW -> "low";
      case UNCERTAIN, INSUFFICIENT_EVIDENCE -> "uncertain";
      case HIGH -> "high";
    };
  }

  private static Double seconds(Long millis) {
    return millis == null ? null : millis / MILLIS;
  }
}
