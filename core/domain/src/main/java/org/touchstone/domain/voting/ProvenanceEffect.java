package org.touchstone.domain.voting;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Verdict.Level;

/**
 * What a medium's credentials make of the level that its detectors give.
 *
 * @param standing the standing of the medium
 * @param reason why
 * @param isFinal whether no detector can change it
 */
record ProvenanceEffect(Standing standing, ReasonCode reason, boolean isFinal) {

  /** The effect of the strongest row that is met; empty when none is. */
  static Optional<ProvenanceEffect> of(
      List<ProvenanceRule> rules, Provenance provenance, Standing voted) {
    return rules.stream()
        .filter(rule -> rule.isMetBy(provenance))
        .min(Comparator.comparing(ProvenanceRule::effect))
        .map(rule -> of(rule, voted));
  }

  private static ProvenanceEffect of(ProvenanceRule rule, Standing voted) {
    boolean isHigh = voted.level() == Level.HIGH;
    return switch (rule.effect()) {
      case HIGH ->
          new ProvenanceEffect(isHigh ? voted : new Standing(Level.HIGH, null), said(rule), true);
      case UNCERTAIN ->
          new ProvenanceEffect(
              voted.level().compareTo(Level.UNCERTAIN) >= 0
                  ? voted
                  : new Standing(Level.UNCERTAIN, null),
              said(rule),
              false);
      case TRUSTED ->
          isHigh
              ? new ProvenanceEffect(
                  new Standing(Level.UNCERTAIN, null), ReasonCode.SIGNED_CAPTURE_DOUBTED, false)
              : new ProvenanceEffect(
                  new Standing(Level.TRUSTED, null), ReasonCode.SIGNED_AS_CAPTURED, false);
    };
  }

  private static ReasonCode said(ProvenanceRule rule) {
    return switch (rule.signal()) {
      case FULLY_GENERATED -> ReasonCode.SIGNED_AS_GENERATED;
      case PARTLY_GENERATED, COMPOSED -> ReasonCode.SIGNED_AS_PARTLY_GENERATED;
      default -> ReasonCode.SIGNED_AS_EDITED_WITH_AI;
    };
  }

  /** Whether the level that the vote gave was replaced. */
  boolean replaces(Standing voted) {
    return voted.level() != standing.level();
  }
}
