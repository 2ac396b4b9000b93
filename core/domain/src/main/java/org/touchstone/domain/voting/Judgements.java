package org.touchstone.domain.voting;

import java.util.List;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.MediaVerdict;

/** Combines the judgements of all media into a verdict. */
final class Judgements {
  private Judgements() {}

  static Verdict verdict(String policyVersion, List<Judgement> judgements) {
    if (judgements.isEmpty()) {
      return new Verdict(
          Level.INSUFFICIENT_EVIDENCE,
          null,
          policyVersion,
          List.of(),
          List.of(ReasonCode.NO_MEDIA.reason()),
          List.of());
    }
    Standing worst = Standing.worst(judgements.stream().map(Judgement::standing).toList());
    return new Verdict(
        worst.level(),
        worst.confidence(),
        policyVersion,
        judgements.stream().flatMap(j -> j.votes().stream()).toList(),
        judgements.stream()
            .filter(j -> j.standing().level() == worst.level())
            .flatMap(j -> j.reasons().stream())
            .distinct()
            .toList(),
        judgements.stream().map(Judgements::mediaVerdict).toList());
  }

  private static MediaVerdict mediaVerdict(Judgement judgement) {
    return new MediaVerdict(
        judgement.mediaId(),
        judgement.standing().level(),
        judgement.standing().confidence(),
        judgement.reasons(),
        judgement.tracks(),
        judgement.decidedBy());
  }
}
