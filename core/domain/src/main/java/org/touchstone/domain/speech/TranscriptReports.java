package org.touchstone.domain.speech;

import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Reason;

/** Reports of a transcript that nothing has judged: they abstain and show the words. */
public final class TranscriptReports {
  private static final String NAME = EnsembleDetector.TRANSCRIPT.name();
  private static final Category CATEGORY = EnsembleDetector.TRANSCRIPT.category();

  private TranscriptReports() {}

  /**
   * @param modelVersion version of whatever wrote it
   */
  public static DetectorReport of(Transcript transcript, String modelVersion) {
    DetectorReport report;
    if (transcript.isUnclear()) {
      report =
          abstained(
              modelVersion,
              Reason.UNCLEAR_SPEECH,
              transcript.passages().isEmpty()
                  ? "The recogniser understood no words."
                  : "The recogniser is unsure of most of what is said.");
    } else {
      report =
          abstained(
              modelVersion,
              Reason.NOT_CONFIGURED,
              transcript.isWhole()
                  ? "What is said is written down, and nothing judges it."
                  : "Only the beginning of what is said is written down, and nothing judges it.");
    }
    return report.withEvidence(transcript.evidence());
  }

  /** A report without words. */
  public static DetectorReport abstained(String modelVersion, Reason reason, String detail) {
    return DetectorReport.abstained(NAME, modelVersion, CATEGORY, reason, detail);
  }
}
