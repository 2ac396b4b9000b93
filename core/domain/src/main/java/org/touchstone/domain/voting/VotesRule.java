package org.touchstone.domain.voting;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.voting.Annotations.Definitive;
import org.touchstone.domain.voting.Ballots.Ballot;
import org.touchstone.domain.voting.MediaEvidence.Ordered;
import org.touchstone.domain.voting.VotesPolicy.Detector;

/** The rule {@code votes}, as {@link VotesPolicy} describes it. */
final class VotesRule implements MediaRule {
  private final VotesPolicy policy;

  VotesRule(VotesPolicy policy) {
    this.policy = policy;
  }

  @Override
  public Judgement judge(MediaEvidence evidence) {
    Ballots ballots = Ballots.of(policy, evidence);
    Optional<Definitive> definitive =
        evidence.annotations().definitive(evidence.media().modality());
    Set<ReasonCode> doubts = doubts(evidence, ballots);
    boolean doubted = !doubts.isEmpty() && ballots.count() < policy.votes().certainFrom();
    Level level = definitive.map(Definitive::level).orElseGet(() -> level(ballots, doubted));
    Set<ReasonCode> reasons =
        definitive
            .map(d -> EnumSet.of(d.reason()))
            .orElseGet(() -> reasons(ballots, doubted ? doubts : Set.of()));
    return new Judgement(
        evidence.media().id(),
        new Standing(level, null),
        reasons.stream().map(ReasonCode::reason).toList(),
        ballots.all().stream().map(Ballot::vote).toList(),
        nothingPending(evidence)
            || level != Level.INSUFFICIENT_EVIDENCE
                && ballots.anyResult()
                && (definitive.isPresent()
                    || voteSettled(evidence, ballots.count())
                    || relevanceSettled(evidence, doubts)));
  }

  private static Level level(Ballots ballots, boolean doubted) {
    if (!ballots.anyScore()) {
      return Level.INSUFFICIENT_EVIDENCE;
    }
    return doubted ? Level.UNCERTAIN : ballots.level();
  }

  private static EnumSet<ReasonCode> reasons(Ballots ballots, Set<ReasonCode> doubts) {
    EnumSet<ReasonCode> reasons = EnumSet.noneOf(ReasonCode.class);
    reasons.addAll(doubts);
    if (!ballots.anyScore()) {
      reasons.add(ReasonCode.NO_EVIDENCE);
    }
    if (ballots.noiseOnly()) {
      reasons.add(ReasonCode.NOISE_ONLY);
    }
    return reasons;
  }

  /**
   * The reasons for doubt; empty for a video whose sound alone is enough, because faces and text do
   * not matter for a voice.
   */
  private Set<ReasonCode> doubts(MediaEvidence evidence, Ballots ballots) {
    Modality modality = evidence.media().modality();
    if (modality == Modality.VIDEO && ballots.on(Modality.AUDIO).level() == Level.HIGH) {
      return Set.of();
    }
    return new Relevance(policy)
        .reasons(
            modality,
            ballots.all().stream()
                .map(Ballot::source)
                .filter(source -> !source.repeated())
                .map(Ordered::report)
                .toList());
  }

  private boolean nothingPending(MediaEvidence evidence) {
    return pending(evidence, entry -> entry.mayVote() || entry.role() != null) == 0;
  }

  private boolean voteSettled(MediaEvidence evidence, int votes) {
    return votes >= policy.votes().highFrom()
        || votes >= policy.votes().uncertainFrom()
            && pending(evidence, Detector::mayVote) <= policy.votes().pendingAtMost();
  }

  private boolean relevanceSettled(MediaEvidence evidence, Set<ReasonCode> doubts) {
    return !doubts.isEmpty() || pending(evidence, entry -> entry.role() != null) == 0;
  }

  private long pending(MediaEvidence evidence, Predicate<Detector> which) {
    return evidence.pending().stream()
        .map(policy.detectors()::get)
        .filter(entry -> entry != null && which.test(entry))
        .count();
  }
}
