package org.touchstone.domain.voting;

/** How a policy judges one medium. */
@FunctionalInterface
interface MediaRule {
  Judgement judge(MediaEvidence evidence);

  /**
   * The rule of a policy.
   *
   * @param media how many media the verdict is over
   */
  static MediaRule of(VotingPolicy policy, int media) {
    return switch (policy) {
      case VotesPolicy votes -> new VotesRule(votes);
      case PooledPolicy pooled -> new PooledRule(pooled);
      case LikelihoodPolicy likelihood -> new LikelihoodRule(likelihood, media);
    };
  }
}
