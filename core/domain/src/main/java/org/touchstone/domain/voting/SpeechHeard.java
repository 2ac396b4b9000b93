package org.touchstone.domain.voting;

import java.util.List;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.voting.MediaEvidence.Ordered;

/** Whether reports tell of speech, also of speech that nobody judged. */
final class SpeechHeard {
  private SpeechHeard() {}

  static boolean in(List<Ordered> reports) {
    return reports.stream().map(Ordered::report).anyMatch(SpeechHeard::in);
  }

  private static boolean in(DetectorReport report) {
    boolean semantic = report.category() == Category.SEMANTIC;
    boolean judged =
        report.status() == ReportStatus.SCORED && (semantic || report.category() == Category.VOICE);
    return judged
        || report.reason() == Reason.UNCLEAR_SPEECH
        || semantic && report.reason() == Reason.TOO_SHORT
        || report.evidence() != null && in(report.evidence());
  }

  private static boolean in(Evidence evidence) {
    boolean words = evidence.transcript() != null && !evidence.transcript().isBlank();
    return words || evidence.speech() != null && !evidence.speech().passages().isEmpty();
  }
}
