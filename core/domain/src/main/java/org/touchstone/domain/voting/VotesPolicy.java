package org.touchstone.domain.voting;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.touchstone.domain.Modality;

/**
 * Policy of the rule {@code votes}: each detector whose score reaches its threshold gives one vote
 * or, if trusted, two; the number of votes on all tracks of a medium gives the level. Scores are
 * not averaged, and no detector votes for authenticity.
 *
 * <p>On top of the count: votes of noise detectors alone are not enough for {@code high}; a medium
 * that detectors are known to judge badly (too few or too many faces, artwork, much text) is {@code
 * uncertain} while votes are few, unless the sound of a video alone gives {@code high}; and when no
 * detector with a vote gave a score the level is {@code insufficient-evidence}.
 *
 * @param version names the policy
 * @param notes notes for readers
 * @param skipDetectorsWhenDecided whether endpoints skip a still that its metadata alone settles as
 *     {@code high}; false when absent
 * @param votes how votes are counted
 * @param faces how faces are counted
 * @param thresholds thresholds of detectors without their own
 * @param detectors by name; those not listed are ignored
 */
public record VotesPolicy(
    @JsonProperty(required = true) String version,
    String notes,
    Boolean skipDetectorsWhenDecided,
    @JsonProperty(required = true) Votes votes,
    @JsonProperty(required = true) Faces faces,
    @JsonProperty(required = true) Thresholds thresholds,
    @JsonProperty(required = true) Map<String, Detector> detectors)
    implements VotingPolicy {

  public VotesPolicy {
    Check.version(version);
    Check.text(notes, "notes");
    skipDetectorsWhenDecided = Boolean.TRUE.equals(skipDetectorsWhenDecided);
    Check.present(votes, "votes");
    Check.present(faces, "faces");
    Check.present(thresholds, "thresholds");
    detectors = Check.detectors(detectors);
  }

  /**
   * How votes are counted; V is their number.
   *
   * @param include votes of an included detector
   * @param trust votes of a trusted one
   * @param uncertainFrom {@code uncertain} from this V on
   * @param highFrom {@code high} from this V on
   * @param noiseOnly only {@code uncertain} at exactly this V if all votes are by noise detectors
   * @param certainFrom from this V on, reasons for doubt about the medium are ignored
   * @param pendingAtMost an {@code uncertain} vote counts as settled while at most this many voting
   *     detectors are pending
   */
  public record Votes(
      @JsonProperty(required = true) int include,
      @JsonProperty(required = true) int trust,
      @JsonProperty(required = true) int uncertainFrom,
      @JsonProperty(required = true) int highFrom,
      @JsonProperty(required = true) int noiseOnly,
      @JsonProperty(required = true) int certainFrom,
      @JsonProperty(required = true) int pendingAtMost) {
    public Votes {
      Check.positive(include, "include");
      Check.positive(trust, "trust");
      Check.positive(uncertainFrom, "uncertainFrom");
      Check.require(highFrom >= uncertainFrom, "highFrom", "must not be below uncertainFrom");
      Check.require(noiseOnly >= 0, "noiseOnly", "must not be below 0");
      Check.require(certainFrom >= 0, "certainFrom", "must not be below 0");
      Check.require(pendingAtMost >= 0, "pendingAtMost", "must not be below 0");
    }
  }

  /**
   * How faces are counted.
   *
   * @param minScore a face counts from this score of the face detector on
   * @param tooMany an image with at least this many faces has too many
   */
  public record Faces(
      @JsonProperty(required = true) double minScore, @JsonProperty(required = true) int tooMany) {
    public Faces {
      Check.probability(minScore, "minScore");
      Check.positive(tooMany, "tooMany");
    }
  }

  /**
   * Where a detector's scores change their meaning.
   *
   * @param uncertain up to this score, inclusive, the medium ranks as low
   * @param fake from this score on, inclusive, the detector votes
   */
  public record Thresholds(
      @JsonProperty(required = true) double uncertain, @JsonProperty(required = true) double fake) {
    public Thresholds {
      Check.probability(uncertain, "uncertain");
      Check.probability(fake, "fake");
      Check.require(uncertain <= fake, "uncertain", "must not be above fake");
    }
  }

  /** The value of a detector's vote. */
  public enum Policy {
    @JsonProperty("ignore")
    IGNORE,
    @JsonProperty("include")
    INCLUDE,
    @JsonProperty("trust")
    TRUST
  }

  /**
   * A detector's part in deciding whether detectors can judge a medium at all, besides its vote.
   */
  public enum Role {
    /** Its evidence holds the faces as regions. */
    @JsonProperty("faces")
    FACES,
    /** A score of exactly 1 means artwork. */
    @JsonProperty("artwork")
    ARTWORK,
    /** A score of exactly 1 means much text. */
    @JsonProperty("text")
    TEXT
  }

  /**
   * One detector's entry.
   *
   * @param policy its vote
   * @param trackPolicy its vote on the audio track of a video; as {@code policy} when absent
   * @param role its part in deciding whether the medium can be judged; for a detector with only
   *     this part, {@code policy} is {@code ignore}
   * @param thresholds its own thresholds
   */
  public record Detector(
      @JsonProperty(required = true) Policy policy,
      Policy trackPolicy,
      Role role,
      Thresholds thresholds) {
    public Detector {
      Check.present(policy, "policy");
    }

    Policy policyFor(Modality medium, Modality track) {
      boolean soundOfVideo = medium == Modality.VIDEO && track == Modality.AUDIO;
      return soundOfVideo && trackPolicy != null ? trackPolicy : policy;
    }

    boolean mayVote() {
      return policy != Policy.IGNORE || (trackPolicy != null && trackPolicy != Policy.IGNORE);
    }
  }
}
