package org.touchstone.domain.voting;

import java.util.Locale;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.ReportStatus;

/** Sentences that explain a detector's weight. */
final class Why {
  static final String NOT_IN_POLICY = "This policy does not count it.";
  static final String ROLE_ONLY = "It only says whether the medium can be judged; it has no vote.";
  static final String REPEATED = "Another report of the same detector on this track counts.";

  private Why() {}

  /** For a report without a score. */
  static String noScore(DetectorReport report) {
    String verb = report.status() == ReportStatus.ABSTAINED ? "Abstained" : "Failed";
    return verb + " because " + report.reason().sentence() + ".";
  }

  /** A probability or score, for people. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
