package org.touchstone.domain.voting;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.touchstone.domain.Modality;
import org.touchstone.domain.voting.odds.LogOdds;

/**
 * Policy of the rule {@code pooled}: each score becomes a probability of manipulation, the
 * probabilities of a track are pooled as a weighted mean of log-odds, and the level follows from
 * the pooled probability and from how much evidence there was.
 *
 * <p><b>Calibration.</b> A detector's parameters name the data they were fitted on ({@code
 * calibratedOn}). A detector without parameters is <em>not calibrated</em>: its score is only moved
 * towards 0.5, so the resulting confidence is a cautious guess, not a measured frequency.
 *
 * <p><b>Pooling.</b> The prior takes part like a detector with its own weight, so that with little
 * evidence the result stays near it. Detectors of one group err together: the group weighs as much
 * as the heaviest of its members that gave a score, shared in proportion to their weights. A
 * one-sided detector can only raise the probability of manipulation. Of these, only the one that
 * raises it most takes part; if none raises it, none takes part.
 *
 * <p><b>Level of a track.</b> The amount of evidence is the sum of the weights of the two-sided
 * detectors and of all one-sided detectors that indicate manipulation. Below {@code
 * evidence.suspect} the track gets no level. From there on the track may be {@code uncertain}, and
 * from {@code evidence.decide} on also {@code high} or, one-sided detectors not counted, {@code
 * low}. With too little to say {@code low}, a track is {@code uncertain} only if the evidence
 * raises the probability above the prior.
 *
 * <p><b>Level of a medium.</b> Tracks are pooled separately and the worse one gives the level, so a
 * false voice over a true picture is {@code high}. A medium's own track must be judged for it to be
 * {@code low}. The sound of a video need not be (music and silence give detectors nothing to
 * judge): unjudged sound that does not indicate manipulation leaves the level to the picture and is
 * named in the reasons.
 *
 * @param version names the policy
 * @param notes notes for readers
 * @param skipDetectorsWhenDecided whether endpoints skip a still that its metadata alone settles as
 *     {@code high}; false when absent
 * @param prior the assumption without evidence
 * @param shrinkage fraction of the distance to 0.5 by which a score is moved towards 0.5, 0..1; for
 *     detectors without calibration and without their own shrinkage
 * @param probabilityFloor scores and probabilities are kept this far from 0 and 1
 * @param levels the pooled probabilities at which levels begin
 * @param evidence the amounts of evidence that levels need
 * @param detectors by name; those not listed carry no weight
 */
public record PooledPolicy(
    @JsonProperty(required = true) String version,
    String notes,
    Boolean skipDetectorsWhenDecided,
    @JsonProperty(required = true) Prior prior,
    @JsonProperty(required = true) double shrinkage,
    @JsonProperty(required = true) double probabilityFloor,
    @JsonProperty(required = true) Levels levels,
    @JsonProperty(required = true) Amounts evidence,
    @JsonProperty(required = true) Map<String, Detector> detectors)
    implements VotingPolicy {

  public PooledPolicy {
    Check.version(version);
    Check.text(notes, "notes");
    skipDetectorsWhenDecided = Boolean.TRUE.equals(skipDetectorsWhenDecided);
    Check.present(prior, "prior");
    Check.probability(shrinkage, "shrinkage");
    Check.between(probabilityFloor, 0, 0.5, "probabilityFloor");
    Check.present(levels, "levels");
    Check.present(evidence, "evidence");
    detectors = Check.detectors(detectors);
  }

  /**
   * The assumed probability without evidence.
   *
   * @param probability of manipulation
   * @param weight on the scale of detectors' weights
   */
  public record Prior(
      @JsonProperty(required = true) double probability,
      @JsonProperty(required = true) double weight) {
    public Prior {
      Check.between(probability, 0, 1, "probability");
      Check.positive(weight, "weight");
    }
  }

  /**
   * Pooled probabilities at which levels begin, inclusive.
   *
   * @param uncertainFrom {@code uncertain} from this probability on; below it the level is {@code
   *     low}
   * @param highFrom {@code high} from this probability on
   */
  public record Levels(
      @JsonProperty(required = true) double uncertainFrom,
      @JsonProperty(required = true) double highFrom) {
    public Levels {
      Check.probability(uncertainFrom, "uncertainFrom");
      Check.probability(highFrom, "highFrom");
      Check.require(highFrom >= uncertainFrom, "highFrom", "must not be below uncertainFrom");
    }
  }

  /**
   * Amounts of evidence, as sums of detectors' weights.
   *
   * @param suspect enough for {@code uncertain}
   * @param decide enough for {@code high} and {@code low}
   */
  public record Amounts(
      @JsonProperty(required = true) double suspect, @JsonProperty(required = true) double decide) {
    public Amounts {
      Check.positive(suspect, "suspect");
      Check.positive(decide, "decide");
      Check.require(decide >= suspect, "decide", "must not be below suspect");
    }
  }

  /**
   * One detector's entry.
   *
   * @param weight on the scale of the prior's weight
   * @param videoWeight weight on the video track, where it differs: a detector trained on stills is
   *     less reliable on compressed frames
   * @param group detectors that err together share a group's name; absent for a detector without a
   *     group
   * @param oneSided whether it counts only when it raises the probability of manipulation; false
   *     when absent; not allowed for members of a group
   * @param shrinkage fraction of the distance to 0.5 by which its score is moved towards 0.5, for a
   *     detector without calibration; 0 leaves the score as it is
   * @param calibration its parameters, when it was calibrated
   * @param calibratedOn the data its parameters were fitted on; present exactly when they are
   */
  public record Detector(
      @JsonProperty(required = true) double weight,
      Double videoWeight,
      String group,
      Boolean oneSided,
      Double shrinkage,
      Calibration calibration,
      String calibratedOn) {
    public Detector {
      Check.positive(weight, "weight");
      if (videoWeight != null) {
        Check.positive(videoWeight, "videoWeight");
      }
      Check.name(group, "group");
      oneSided = Boolean.TRUE.equals(oneSided);
      Check.require(!oneSided || group == null, "oneSided", "does not go with a group");
      if (shrinkage != null) {
        Check.probability(shrinkage, "shrinkage");
        Check.require(calibration == null, "shrinkage", "does not go with a calibration");
      }
      Check.text(calibratedOn, "calibratedOn");
      Check.require(
          (calibration == null) == (calibratedOn == null),
          "calibratedOn",
          "goes with a calibration, and only with it");
    }

    double weightOn(Modality track) {
      return track == Modality.VIDEO && videoWeight != null ? videoWeight : weight;
    }
  }

  /** The probability of manipulation for a detector's score. */
  double probability(Detector detector, double score) {
    double probability =
        detector.calibration() != null
            ? detector.calibration().probability(score, probabilityFloor)
            : shrunk(score, detector.shrinkage() != null ? detector.shrinkage() : shrinkage);
    return LogOdds.clamp(probability, probabilityFloor);
  }

  private static double shrunk(double score, double by) {
    return 0.5 + (1 - by) * (score - 0.5);
  }
}
