package org.touchstone.domain.voting;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * Policy of the rule {@code log-likelihood}: the log-odds of manipulation are those of the prior
 * plus the sum of the detectors' log-likelihood ratios.
 *
 * <p><b>Ratio.</b> A detector's ratio is the log-odds of its calibrated score minus the log-odds of
 * the share of fakes in the data of the calibration (one half where that is not known). It is
 * clipped to [min(0, ln((1-h)/(1-f))), max(0, ln(h/f))]: f is the upper bound of its rate of false
 * alarms and h the lower bound of its rate of hits, from errors that were counted on media of this
 * quality ({@link org.touchstone.domain.Reliability}). A detector with counts whose score was never
 * fitted to data has the upper clip as its ratio from its threshold on, and the lower clip below
 * it. The highest of m looks loses ln m from its upper clip.
 *
 * <p><b>Without counts</b> a detector is <em>uncalibrated</em>: its ratio is its log-odds, at least
 * 0 and at most the logarithm of {@code uncalibratedOdds}. Such detectors make a medium {@code
 * uncertain} at most, all of them together, and speak for no medium. The same holds for a score
 * with counts that is in doubt. One that the policy calls {@code silent} has no weight at all.
 *
 * <p><b>Apart.</b> A detector that the policy sets apart, such as one that judges words, counts as
 * none of several that agree: its ratio is added to no sum. Alone it makes a track {@code
 * uncertain} or leaves it as it is.
 *
 * <p><b>Claims.</b> A file that names its generator can be forged. The claim's odds are data of the
 * policy and smaller than {@code high} needs.
 *
 * <p><b>Families.</b> Detectors of one family err together. Only the most trusted one that gave a
 * score speaks: counted errors before doubtful ones before none, then the larger upper clip.
 * Families that depend on each other in part have a weight: the ratio of the less trusted one is
 * multiplied by it.
 *
 * <p><b>Level of a track</b>, in this order:
 *
 * <ul>
 *   <li>{@code high}: undoubted detectors with counts, together with claims, multiply the prior's
 *       odds by {@code highOdds} or more; with several media, by that times their number.
 *   <li>{@code uncertain}: all ratios together, or one with counts or a claim alone, multiply the
 *       odds by {@code uncertainOdds} or more.
 *   <li>{@code low}: at a prior of one half the probability of manipulation is {@code lowPosterior}
 *       or less, and in each category that applies an undoubted detector with counts speaks against
 *       manipulation: detectors of generated pictures for all pictures, of faces where a report
 *       tells of faces, of voices for all sound.
 *   <li>{@code insufficient-evidence} otherwise.
 * </ul>
 *
 * <p><b>Level of a medium.</b> Tracks are judged apart and the worse one gives the level. The sound
 * of a video leaves the level to the picture unless it is suspicious or a detector heard speech in
 * it.
 *
 * <p><b>Provenance.</b> Signed statements of sound content credentials act by a table of {@link
 * ProvenanceRule}s on the level that the tracks give. The strongest row that is met holds.
 *
 * <p>Detectors need no entry: what they are worth stands in their reports.
 *
 * @param version names the policy
 * @param notes notes for readers
 * @param skipDetectorsWhenDecided as with the other rules; because a claim alone is never {@code
 *     high}, no still is skipped for what it says of itself
 * @param prior the probability of manipulation before any evidence; one half when absent
 * @param boundConfidence confidence of the bounds f and h, two-sided, such as 0.95
 * @param probabilityFloor scores are kept this far from 0 and 1
 * @param levels where levels begin
 * @param uncalibratedOdds by how much a detector without counts multiplies the odds at most
 * @param dependence families that depend on each other in part; none when absent
 * @param detectors by name; those not listed speak by their reports alone
 * @param provenance what signed statements mean, beside the vote; nothing when absent
 */
public record LikelihoodPolicy(
    @JsonProperty(required = true) String version,
    String notes,
    Boolean skipDetectorsWhenDecided,
    Double prior,
    @JsonProperty(required = true) double boundConfidence,
    @JsonProperty(required = true) double probabilityFloor,
    @JsonProperty(required = true) Levels levels,
    @JsonProperty(required = true) double uncalibratedOdds,
    List<Dependence> dependence,
    @JsonProperty(required = true) Map<String, Detector> detectors,
    List<ProvenanceRule> provenance)
    implements VotingPolicy {
  private static final double EVEN = 0.5;

  public LikelihoodPolicy {
    Check.version(version);
    Check.text(notes, "notes");
    skipDetectorsWhenDecided = Boolean.TRUE.equals(skipDetectorsWhenDecided);
    prior = prior == null ? EVEN : prior;
    Check.between(prior, 0, 1, "prior");
    Check.between(boundConfidence, 0, 1, "boundConfidence");
    Check.between(probabilityFloor, 0, 0.5, "probabilityFloor");
    Check.present(levels, "levels");
    Check.odds(uncalibratedOdds, "uncalibratedOdds");
    dependence = Check.list(dependence, "dependence");
    detectors = Check.detectors(detectors);
    provenance = Check.list(provenance, "provenance");
    double high = levels.highOdds();
    detectors.forEach(
        (name, entry) ->
            Check.require(
                entry.claims().stream().allMatch(claim -> claim.odds() < high),
                "detectors." + name + ".claims",
                "must have odds below levels.highOdds"));
  }

  /**
   * Where levels begin. Odds are multiples of the prior's.
   *
   * @param highOdds {@code high} from these odds on
   * @param uncertainOdds {@code uncertain} from these odds on
   * @param lowPosterior {@code low} up to this probability, at a prior of one half
   */
  public record Levels(
      @JsonProperty(required = true) double highOdds,
      @JsonProperty(required = true) double uncertainOdds,
      @JsonProperty(required = true) double lowPosterior) {
    public Levels {
      Check.odds(highOdds, "highOdds");
      Check.odds(uncertainOdds, "uncertainOdds");
      Check.require(highOdds >= uncertainOdds, "highOdds", "must not be below uncertainOdds");
      Check.between(lowPosterior, 0, EVEN, "lowPosterior");
    }
  }

  /**
   * Families of which each pair depends on each other in part, for example by training data.
   *
   * @param families at least two
   * @param weight factor of the less trusted one's ratio, 0..1
   */
  public record Dependence(
      @JsonProperty(required = true) List<String> families,
      @JsonProperty(required = true) double weight) {
    public Dependence {
      families = Check.list(families, "families");
      families.forEach(family -> Check.name(family, "families"));
      Check.require(families.size() >= 2, "families", "must be at least two");
      Check.probability(weight, "weight");
    }
  }

  /**
   * One detector's entry.
   *
   * @param family the detectors of which only one speaks; the report's when absent, and the
   *     detector's own name when that is absent too
   * @param uncalibratedOdds by how much it multiplies the odds at most while its errors are not
   *     counted; the policy's when absent
   * @param silent why it has no weight while its errors are not counted, in a sentence; absent for
   *     a detector that speaks
   * @param claims for a detector that repeats what a file says of itself: what its scores are
   *     worth. Below the first one it says nothing. None for all other detectors
   * @param apart whether its ratio is added to no other: it makes a track {@code uncertain} alone
   *     or not at all, and changes no probability; false when absent
   */
  public record Detector(
      String family, Double uncalibratedOdds, String silent, List<Claim> claims, Boolean apart) {
    public Detector {
      apart = Boolean.TRUE.equals(apart);
      Check.name(family, "family");
      if (uncalibratedOdds != null) {
        Check.odds(uncalibratedOdds, "uncalibratedOdds");
      }
      Check.text(silent, "silent");
      Check.require(
          silent == null || uncalibratedOdds == null,
          "silent",
          "does not go with uncalibratedOdds");
      claims = Check.list(claims, "claims");
      for (int i = 1; i < claims.size(); i++) {
        Claim before = claims.get(i - 1);
        String field = "claims[" + i + "]";
        Check.require(claims.get(i).from() > before.from(), field + ".from", "must rise");
        Check.require(claims.get(i).odds() >= before.odds(), field + ".odds", "must not fall");
      }
      Check.require(
          claims.isEmpty()
              || family == null && uncalibratedOdds == null && silent == null && !apart,
          "claims",
          "does not go with other fields");
    }
  }

  /**
   * What a claim is worth.
   *
   * @param from the score from which it holds, 0..1
   * @param odds by how much it multiplies the odds
   */
  public record Claim(
      @JsonProperty(required = true) double from, @JsonProperty(required = true) double odds) {
    public Claim {
      Check.probability(from, "from");
      Check.odds(odds, "odds");
    }
  }

  /** Whether a detector's ratio is added to no other. */
  boolean isApart(String detector) {
    Detector entry = detectors.get(detector);
    return entry != null && entry.apart();
  }

  /** The factor of the less trusted of two families; 1 when they do not depend on each other. */
  double weightBetween(String family, String other) {
    return dependence.stream()
        .filter(d -> d.families().contains(family) && d.families().contains(other))
        .mapToDouble(Dependence::weight)
        .min()
        .orElse(1);
  }
}
