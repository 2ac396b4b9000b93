package org.touchstone.domain.voting;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Verdict.Basis;
import org.touchstone.domain.voting.LikelihoodPolicy.Claim;
import org.touchstone.domain.voting.LikelihoodPolicy.Detector;
import org.touchstone.domain.voting.MediaEvidence.Ordered;
import org.touchstone.domain.voting.odds.Clip;
import org.touchstone.domain.voting.odds.LogOdds;

/**
 * A score as evidence under a {@link LikelihoodPolicy}. Everything but the ratio is independent of
 * the score, so a higher score never makes a detector less trusted.
 *
 * @param basis what the ratio rests on
 * @param ratio the log-likelihood ratio, clipped
 * @param clip how far the ratio may go
 * @param family the detectors of which one speaks
 * @param silence why the policy gives it no weight; null when it may speak
 */
record Voice(Ordered source, Basis basis, double ratio, Clip clip, String family, String silence) {
  /** Whoever names a generator repeats what the file says; two who do are one claim. */
  private static final String CLAIMS = "file-claims";

  private static final double EVEN = 0.5;

  /** The most trusted first; the ratio decides only between equally trusted ones. */
  static final Comparator<Voice> BY_TRUST =
      Comparator.comparing(Voice::basis)
          .thenComparing(v -> v.clip.upper(), Comparator.reverseOrder())
          .thenComparing(v -> v.clip.lower())
          .thenComparing(Voice::family);

  private static final Comparator<Voice> SPEAKS_FIRST =
      BY_TRUST
          .thenComparing(Voice::ratio, Comparator.reverseOrder())
          .thenComparing(Voice::detector)
          .thenComparing(v -> v.report().toString());

  /** One that may speak. */
  private Voice(Ordered source, Basis basis, double ratio, Clip clip, String family) {
    this(source, basis, ratio, clip, family, null);
  }

  /** What a scored report says. */
  static Voice of(LikelihoodPolicy policy, Ordered source) {
    DetectorReport report = source.report();
    Detector entry = policy.detectors().get(report.detector());
    if (entry != null && !entry.claims().isEmpty()) {
      Clip clip = new Clip(0, StrictMath.log(entry.claims().getLast().odds()));
      return new Voice(source, Basis.CLAIM, claimed(entry.claims(), report.score()), clip, CLAIMS);
    }
    Reliability known = report.reliability();
    String family = family(entry, known, report.detector());
    double odds = scoreRatio(policy, report);
    if (known == null || known.counts() == null) {
      if (entry != null && entry.silent() != null) {
        return new Voice(source, Basis.UNCALIBRATED, 0, Clip.NOTHING, family, entry.silent());
      }
      Clip clip = new Clip(0, StrictMath.log(uncalibratedOdds(policy, entry)));
      return new Voice(source, Basis.UNCALIBRATED, clip.of(odds), clip, family);
    }
    Clip counted = Clip.of(known.counts(), policy.boundConfidence());
    if (known.combination() == Combination.MAXIMUM) {
      counted = counted.afterLooks(known.looks());
    }
    if (known.doubt() == null) {
      return new Voice(source, Basis.COUNTED, counted.of(odds), counted, family);
    }
    Clip doubtful = new Clip(0, counted.upper());
    return new Voice(source, Basis.DOUBTFUL, doubtful.of(odds), doubtful, family);
  }

  /** Those that speak, one of each family, in an order that does not depend on their scores. */
  static List<Voice> speaking(List<Voice> voices) {
    return onePer(Voice::family, onePer(Voice::detector, voices)).stream()
        .sorted(BY_TRUST)
        .toList();
  }

  /**
   * Those that speak on a category, one of each family: also those for which a detector of another
   * category speaks otherwise. A less trusted one of the family, or a lower score of the same
   * detector, has no say against them.
   */
  static List<Voice> speakingOn(Category category, List<Voice> voices) {
    return speaking(
        voices.stream().filter(voice -> voice.report().category() == category).toList());
  }

  private static List<Voice> onePer(Function<Voice, String> key, List<Voice> voices) {
    Map<String, Voice> first = new LinkedHashMap<>();
    voices.stream()
        .filter(voice -> !voice.clip.isNothing())
        .sorted(SPEAKS_FIRST)
        .forEach(voice -> first.putIfAbsent(key.apply(voice), voice));
    return List.copyOf(first.values());
  }

  DetectorReport report() {
    return source.report();
  }

  String detector() {
    return report().detector();
  }

  /** Whether it clears its category: counted errors, no doubt, and it speaks for authenticity. */
  boolean clears() {
    return basis == Basis.COUNTED && ratio < 0;
  }

  /** Share of the counted fakes that the detector did not find; for a basis with counts. */
  double missed() {
    Reliability.Counts counts = report().reliability().counts();
    return 1 - (double) counts.hits() / counts.fakes();
  }

  private static String family(Detector entry, Reliability known, String detector) {
    if (entry != null && entry.family() != null) {
      return entry.family();
    }
    return known != null && known.family() != null ? known.family() : detector;
  }

  private static double uncalibratedOdds(LikelihoodPolicy policy, Detector entry) {
    return entry != null && entry.uncalibratedOdds() != null
        ? entry.uncalibratedOdds()
        : policy.uncalibratedOdds();
  }

  /** The claim's log-odds; 0 when the score is below all claims. */
  private static double claimed(List<Claim> claims, double score) {
    double odds = 1;
    for (Claim claim : claims) {
      if (score >= claim.from()) {
        odds = claim.odds();
      }
    }
    return StrictMath.log(odds);
  }

  /** The ratio before clipping; infinite for a score that was never fitted but has counts. */
  private static double scoreRatio(LikelihoodPolicy policy, DetectorReport report) {
    Reliability known = report.reliability();
    double floor = policy.probabilityFloor();
    double odds = LogOdds.logit(LogOdds.clamp(report.score(), floor));
    if (known == null) {
      return odds;
    }
    if (known.counts() != null && known.calibration() == null) {
      double threshold = known.threshold() == null ? EVEN : known.threshold();
      return report.score() >= threshold ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return known.fakeShare() == null
        ? odds
        : odds - LogOdds.logit(LogOdds.clamp(known.fakeShare(), floor));
  }
}
