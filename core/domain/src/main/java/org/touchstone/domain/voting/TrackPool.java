package org.touchstone.domain.voting;

import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.voting.MediaEvidence.Ordered;
import org.touchstone.domain.voting.PooledPolicy.Detector;
import org.touchstone.domain.voting.odds.LogOdds;

/**
 * The pooled evidence of one track, as {@link PooledPolicy} describes it.
 *
 * @param standing the track's level; its probability is absent when nothing took part
 * @param reason why the track has no level, or null
 * @param suspicious whether the evidence raises the probability above the prior
 * @param pooled the scores that take part
 * @param totalWeight the total weight of the prior and these scores
 */
record TrackPool(
    Standing standing,
    ReasonCode reason,
    boolean suspicious,
    List<Voice> pooled,
    double totalWeight) {

  /**
   * A score as evidence.
   *
   * @param weight its weight, after sharing with its group
   * @param probability of manipulation
   */
  record Voice(Ordered source, Detector entry, double weight, double probability) {
    double logOdds() {
      return LogOdds.logit(probability);
    }
  }

  /** The weighted mean of log-odds, summed in canonical order. */
  private record Mean(List<Voice> voices, double logOdds, double weight) {
    static Mean of(PooledPolicy policy, List<Voice> voices) {
      double weight = policy.prior().weight();
      double sum = weight * LogOdds.logit(policy.prior().probability());
      for (Voice voice : voices) {
        weight += voice.weight();
        sum += voice.weight() * voice.logOdds();
      }
      return new Mean(voices, sum / weight, weight);
    }
  }

  /**
   * Pools a track.
   *
   * @param reports the track's, in canonical order
   */
  static TrackPool of(PooledPolicy policy, List<Ordered> reports) {
    List<Voice> voices =
        reports.stream()
            .filter(r -> !r.repeated() && r.report().status() == ReportStatus.SCORED)
            .filter(r -> policy.detectors().containsKey(r.report().detector()))
            .map(r -> voice(policy, r))
            .toList();
    List<Voice> oneSided = voices.stream().filter(v -> v.entry().oneSided()).toList();
    List<Voice> twoSided =
        shareWithinGroups(voices.stream().filter(v -> !v.entry().oneSided()).toList());

    Mean mean = Mean.of(policy, twoSided);
    for (Voice voice : oneSided) {
      Mean with = Mean.of(policy, Stream.concat(twoSided.stream(), Stream.of(voice)).toList());
      mean = with.logOdds() > mean.logOdds() ? with : mean;
    }

    double clearing = twoSided.stream().mapToDouble(Voice::weight).sum();
    double amount =
        clearing
            + oneSided.stream()
                .filter(v -> v.probability() > policy.prior().probability())
                .mapToDouble(Voice::weight)
                .sum();
    double confidence = LogOdds.sigmoid(mean.logOdds());
    boolean suspicious = amount > 0 && confidence > policy.prior().probability();
    Level level = level(policy, confidence, amount, clearing);
    ReasonCode reason =
        level != Level.INSUFFICIENT_EVIDENCE
            ? null
            : voices.isEmpty() ? ReasonCode.NO_EVIDENCE : ReasonCode.TOO_LITTLE_EVIDENCE;
    return new TrackPool(
        new Standing(level, amount > 0 ? confidence : null),
        reason,
        suspicious,
        mean.voices(),
        mean.weight());
  }

  private static Level level(
      PooledPolicy policy, double confidence, double amount, double clearing) {
    double decide = policy.evidence().decide();
    if (amount < policy.evidence().suspect()) {
      return Level.INSUFFICIENT_EVIDENCE;
    }
    if (confidence >= policy.levels().highFrom() && amount >= decide) {
      return Level.HIGH;
    }
    if (clearing < decide) {
      return confidence > policy.prior().probability()
          ? Level.UNCERTAIN
          : Level.INSUFFICIENT_EVIDENCE;
    }
    return confidence >= policy.levels().uncertainFrom() ? Level.UNCERTAIN : Level.LOW;
  }

  private static Voice voice(PooledPolicy policy, Ordered source) {
    Detector entry = policy.detectors().get(source.report().detector());
    double probability = policy.probability(entry, source.report().score());
    return new Voice(source, entry, entry.weightOn(source.track()), probability);
  }

  private static List<Voice> shareWithinGroups(List<Voice> voices) {
    Map<String, DoubleSummaryStatistics> groups = new HashMap<>();
    for (Voice voice : voices) {
      if (voice.entry().group() != null) {
        groups
            .computeIfAbsent(voice.entry().group(), g -> new DoubleSummaryStatistics())
            .accept(voice.weight());
      }
    }
    return voices.stream()
        .map(
            voice -> {
              DoubleSummaryStatistics group = groups.get(voice.entry().group());
              double weight =
                  group == null ? voice.weight() : voice.weight() / group.getSum() * group.getMax();
              return new Voice(voice.source(), voice.entry(), weight, voice.probability());
            })
        .toList();
  }
}
