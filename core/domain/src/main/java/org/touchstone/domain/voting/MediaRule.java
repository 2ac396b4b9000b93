package org.touchstone.domain.voting;

/** How a policy judges one medium. */
@FunctionalInterface
interface MediaRule {
  Judgement judge(MediaEvidence evidence);

  static MediaRule of(VotingPolicy policy) {
    return switch (policy) {
      case VotesPolicy votes -> new VotesRule(votes);
      case PooledPolicy pooled -> new PooledRule(pooled);
    };
  }
}
