package org.touchstone.domain.voting;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Region;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.voting.VotesPolicy.Detector;
import org.touchstone.domain.voting.VotesPolicy.Role;

/** Reasons to doubt that detectors can judge a medium, read from the detectors with a role. */
final class Relevance {
  private static final double CERTAIN = 1.0;
  private static final String FACE = "face";

  private final VotesPolicy policy;

  Relevance(VotesPolicy policy) {
    this.policy = policy;
  }

  /**
   * The reasons for doubt, in the order of their codes.
   *
   * @param reports one per detector and track
   */
  Set<ReasonCode> reasons(Modality modality, List<DetectorReport> reports) {
    Set<ReasonCode> reasons = EnumSet.noneOf(ReasonCode.class);
    List<Long> faceCounts = new ArrayList<>();
    for (DetectorReport report : reports) {
      Detector entry = policy.detectors().get(report.detector());
      if (entry == null || entry.role() == null) {
        continue;
      }
      if (entry.role() == Role.FACES) {
        addFaceCount(report, entry, faceCounts);
      } else if (report.status() == ReportStatus.SCORED && report.score() == CERTAIN) {
        reasons.add(entry.role() == Role.ARTWORK ? ReasonCode.ARTWORK : ReasonCode.TEXT);
      }
    }
    if (half(faceCounts, n -> n == 0)) {
      reasons.add(ReasonCode.FACES_TOO_FEW);
    }
    if (modality == Modality.IMAGE && half(faceCounts, n -> n >= policy.faces().tooMany())) {
      reasons.add(ReasonCode.FACES_TOO_MANY);
    }
    return reasons;
  }

  private static boolean half(List<Long> counts, LongPredicate holds) {
    long agreeing = counts.stream().filter(holds::test).count();
    return !counts.isEmpty() && 2 * agreeing >= counts.size();
  }

  private void addFaceCount(DetectorReport report, Detector entry, List<Long> counts) {
    List<Region> regions = report.evidence() == null ? List.of() : report.evidence().regions();
    boolean sawFaceUnrecorded = entry.mayVote() && regions.isEmpty();
    if (report.status() == ReportStatus.SCORED && !sawFaceUnrecorded) {
      counts.add(regions.stream().filter(this::isConfidentFace).count());
    } else if (report.reason() == Reason.NO_FACE) {
      counts.add(0L);
    }
  }

  /** A face without a score counts as certain. */
  private boolean isConfidentFace(Region region) {
    boolean face = region.label() == null || region.label().equals(FACE);
    return face && (region.score() == null || region.score() >= policy.faces().minScore());
  }
}
