package org.touchstone.domain.voting;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.voting.MediaEvidence.Ordered;

/** Whether reports tell of a face, also one that is too small, dark or brief to judge. */
final class FacesSeen {
  private static final String FACE = "face";

  /** Why detectors of false faces leave out faces that they saw, besides their size. */
  private static final Set<Reason> OF_FACES_SEEN = EnumSet.of(Reason.TOO_DARK, Reason.TOO_SHORT);

  /** Why any detector leaves out faces that it saw. */
  private static final Set<Reason> OF_FACES_LEFT_OUT =
      EnumSet.of(
          Reason.FACE_TOO_SMALL, Reason.FACE_TURNED, Reason.SEVERAL_FACES, Reason.VOICE_OVER);

  private FacesSeen() {}

  static boolean in(List<Ordered> reports) {
    return reports.stream().map(Ordered::report).anyMatch(FacesSeen::in);
  }

  private static boolean in(DetectorReport report) {
    boolean saw =
        report.category() == Category.FACES
            && (report.status() == ReportStatus.SCORED || OF_FACES_SEEN.contains(report.reason()));
    return saw
        || OF_FACES_LEFT_OUT.contains(report.reason())
        || report.evidence() != null && in(report.evidence());
  }

  private static boolean in(Evidence evidence) {
    boolean people = evidence.faces() != null && !evidence.faces().people().isEmpty();
    return people || evidence.regions().stream().anyMatch(region -> FACE.equals(region.label()));
  }
}
