package org.touchstone.domain.voting;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.touchstone.domain.Verdict.Basis;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.voting.TrackLikelihood.Weighed;
import org.touchstone.domain.voting.odds.LogOdds;

/**
 * The level that the evidence of a track gives, and the reasons for it, as {@link LikelihoodPolicy}
 * describes them. All sums are natural logarithms of multiples of the prior's odds.
 */
final class LikelihoodLevels {
  private final List<Weighed> speaking;
  private final Set<ReasonCode> notCleared;
  private final double high;
  private final double highOfSeveral;
  private final double uncertain;
  private final double low;
  private final double total;
  private final boolean raisedApart;
  private final double sure;

  /**
   * @param speaking the scores that count
   * @param notCleared the categories that apply and in which nothing speaks for authenticity
   * @param media how many media the verdict is over, at least 1
   */
  LikelihoodLevels(
      LikelihoodPolicy.Levels levels,
      List<Weighed> speaking,
      Set<ReasonCode> notCleared,
      int media) {
    this.speaking = speaking;
    this.notCleared = notCleared;
    high = StrictMath.log(levels.highOdds());
    highOfSeveral = high + StrictMath.log(media);
    uncertain = StrictMath.log(levels.uncertainOdds());
    low = LogOdds.logit(levels.lowPosterior());
    total = sum(w -> true);
    raisedApart = speaking.stream().anyMatch(w -> w.apart() && w.evidence() >= uncertain);
    sure = sum(LikelihoodLevels::isSure);
  }

  /** All evidence together, without what stands apart. */
  double total() {
    return total;
  }

  Level level() {
    if (sure >= highOfSeveral) {
      return Level.HIGH;
    }
    boolean alone =
        speaking.stream()
            .anyMatch(w -> w.voice().basis() != Basis.UNCALIBRATED && w.evidence() >= uncertain);
    if (total >= uncertain || alone || raisedApart) {
      return Level.UNCERTAIN;
    }
    return total <= low && notCleared.isEmpty() ? Level.LOW : Level.INSUFFICIENT_EVIDENCE;
  }

  /**
   * What explains the level.
   *
   * @param scored whether any detector gave a score
   */
  Set<ReasonCode> reasons(boolean scored) {
    return switch (level()) {
      case HIGH -> found();
      case UNCERTAIN -> doubts();
      case LOW -> EnumSet.of(ReasonCode.NOTHING_FOUND);
      default -> shortage(scored);
    };
  }

  private Set<ReasonCode> found() {
    Set<ReasonCode> reasons = EnumSet.noneOf(ReasonCode.class);
    if (accusing().contains(Basis.CLAIM)) {
      reasons.add(ReasonCode.FILE_SAYS_SO);
    }
    return reasons;
  }

  private Set<ReasonCode> doubts() {
    Set<ReasonCode> reasons = found();
    Set<Basis> accusing = accusing();
    if (accusing.contains(Basis.DOUBTFUL)) {
      reasons.add(ReasonCode.SCORE_IN_DOUBT);
    }
    if (accusing.equals(Set.of(Basis.UNCALIBRATED))) {
      reasons.add(ReasonCode.ERRORS_NOT_COUNTED);
    }
    boolean outweighed =
        total < uncertain && !raisedApart
            || sum(w -> isSure(w) && w.evidence() > 0) >= highOfSeveral;
    if (outweighed) {
      reasons.add(ReasonCode.DETECTORS_DISAGREE);
    }
    if (sure >= high) {
      reasons.add(ReasonCode.MANY_MEDIA);
    }
    return reasons;
  }

  private Set<ReasonCode> shortage(boolean scored) {
    if (!scored) {
      return EnumSet.of(ReasonCode.NO_EVIDENCE);
    }
    if (speaking.isEmpty()) {
      return EnumSet.of(ReasonCode.TOO_LITTLE_EVIDENCE);
    }
    Set<ReasonCode> reasons =
        EnumSet.of(accusing().isEmpty() ? ReasonCode.NOTHING_FOUND : ReasonCode.WEAK_SIGNS);
    if (total <= low) {
      reasons.addAll(notCleared);
    }
    return reasons;
  }

  /** What the evidence for manipulation rests on. */
  private Set<Basis> accusing() {
    Set<Basis> bases = EnumSet.noneOf(Basis.class);
    speaking.stream().filter(w -> w.evidence() > 0).forEach(w -> bases.add(w.voice().basis()));
    return bases;
  }

  /** Whether it may lead to {@code high}. */
  private static boolean isSure(Weighed w) {
    return w.voice().basis() == Basis.COUNTED || w.voice().basis() == Basis.CLAIM;
  }

  private double sum(Predicate<Weighed> which) {
    double sum = 0;
    for (Weighed w : speaking) {
      sum += !w.apart() && which.test(w) ? w.evidence() : 0;
    }
    return sum;
  }
}
