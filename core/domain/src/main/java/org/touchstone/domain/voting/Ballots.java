package org.touchstone.domain.voting;

import java.util.List;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.Side;
import org.touchstone.domain.Verdict.Vote;
import org.touchstone.domain.voting.MediaEvidence.Ordered;
import org.touchstone.domain.voting.VotesPolicy.Detector;
import org.touchstone.domain.voting.VotesPolicy.Policy;
import org.touchstone.domain.voting.VotesPolicy.Thresholds;

/** The reports on a medium, or on a track of it, as votes under a {@link VotesPolicy}. */
record Ballots(VotesPolicy policy, List<Ballot> all) {

  /**
   * A report and its votes.
   *
   * @param mayVote whether its detector has a vote on this track, used or not
   */
  record Ballot(Ordered source, boolean mayVote, int votes, Vote vote) {}

  static Ballots of(VotesPolicy policy, MediaEvidence evidence) {
    return new Ballots(
        policy, evidence.ordered().stream().map(o -> ballot(policy, evidence, o)).toList());
  }

  Ballots on(Modality track) {
    return new Ballots(policy, all.stream().filter(b -> b.source.track() == track).toList());
  }

  int count() {
    return all.stream().mapToInt(Ballot::votes).sum();
  }

  boolean anyResult() {
    return all.stream().anyMatch(Ballot::mayVote);
  }

  boolean anyScore() {
    return all.stream()
        .anyMatch(b -> b.mayVote && b.source.report().status() == ReportStatus.SCORED);
  }

  boolean noiseOnly() {
    return count() > 0
        && count() == policy.votes().noiseOnly()
        && all.stream()
            .filter(b -> b.votes > 0)
            .allMatch(b -> b.source.report().category() == Category.NOISE);
  }

  Level level() {
    if (noiseOnly()) {
      return Level.UNCERTAIN;
    }
    if (count() >= policy.votes().highFrom()) {
      return Level.HIGH;
    }
    return count() >= policy.votes().uncertainFrom() ? Level.UNCERTAIN : Level.LOW;
  }

  private static Ballot ballot(VotesPolicy policy, MediaEvidence evidence, Ordered source) {
    DetectorReport report = source.report();
    Detector entry = policy.detectors().get(report.detector());
    Policy worth =
        entry == null
            ? Policy.IGNORE
            : entry.policyFor(evidence.media().modality(), source.track());
    boolean mayVote = worth != Policy.IGNORE;
    int votes = 0;
    Side side = Side.NONE;
    String why;
    if (report.status() != ReportStatus.SCORED) {
      why = Why.noScore(report);
    } else if (source.repeated()) {
      why = Why.REPEATED;
    } else if (!mayVote) {
      why = entry == null || entry.role() == null ? Why.NOT_IN_POLICY : Why.ROLE_ONLY;
    } else {
      Thresholds at = entry.thresholds() == null ? policy.thresholds() : entry.thresholds();
      if (report.score() >= at.fake()) {
        votes = worth == Policy.TRUST ? policy.votes().trust() : policy.votes().include();
        side = Side.MANIPULATED;
        why = "Its score reaches its threshold, " + Why.number(at.fake()) + ".";
      } else if (report.score() <= at.uncertain()) {
        side = Side.AUTHENTIC;
        why = "Its score does not exceed " + Why.number(at.uncertain()) + ", so it has no vote.";
      } else {
        why = "Its score is below its threshold, " + Why.number(at.fake()) + ".";
      }
    }
    String mediaId = evidence.media().id();
    return new Ballot(
        source,
        mayVote,
        votes,
        new Vote(
            mediaId, report.detector(), source.track(), votes, report.score(), null, side, why));
  }
}
