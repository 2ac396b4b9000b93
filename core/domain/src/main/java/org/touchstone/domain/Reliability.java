package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * What is known of how far a score can be trusted, as the detector's model states it for input of
 * this quality. A report carries it, so that a vote can be replayed and a detector that an
 * organisation brings needs no entry in a policy.
 *
 * @param family detectors of one family have the same base weights, training data or provider, and
 *     err together; null for a detector on its own
 * @param calibration version of the calibration, which names the data; null when the score was
 *     never fitted to data or when the fit belongs to another file or preprocessing
 * @param fakeShare share of fakes in the data that the score was fitted on, 0..1; null when not
 *     known
 * @param counts errors counted on data like this input; null when nobody counted them
 * @param combination how the looks became one score
 * @param looks number of frames, faces or windows behind the score, at least 1
 * @param doubt a sentence that says why the score can mean "uncertain" at most; null without doubt
 * @param threshold score from which {@code counts} called a medium fake, 0..1; null when not known,
 *     which means one half
 */
public record Reliability(
    String family,
    String calibration,
    Double fakeShare,
    Counts counts,
    Combination combination,
    int looks,
    String doubt,
    Double threshold) {

  public Reliability {
    Objects.requireNonNull(combination, "combination");
    if (looks < 1) {
      throw new IllegalArgumentException("a score has at least one look");
    }
    if (fakeShare != null && !(fakeShare > 0 && fakeShare < 1)) {
      throw new IllegalArgumentException("share of fakes outside 0..1: " + fakeShare);
    }
    if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold outside 0..1: " + threshold);
    }
  }

  /** Without a known threshold. */
  public Reliability(
      String family,
      String calibration,
      Double fakeShare,
      Counts counts,
      Combination combination,
      int looks,
      String doubt) {
    this(family, calibration, fakeShare, counts, combination, looks, doubt, null);
  }

  /**
   * What is known of the highest of several scores, each of which this is known of.
   *
   * @param scores at least 1
   */
  public Reliability ofHighest(int scores) {
    return new Reliability(
        family, calibration, fakeShare, counts, Combination.MAXIMUM, scores, doubt, threshold);
  }

  /**
   * The same with a further reason why the score can mean "uncertain" at most.
   *
   * @param sentence says why
   */
  public Reliability withDoubt(String sentence) {
    return new Reliability(
        family,
        calibration,
        fakeShare,
        counts,
        combination,
        looks,
        doubt == null ? sentence : doubt + " " + sentence,
        threshold);
  }

  /**
   * Errors counted on labelled media.
   *
   * @param row the kind of media they were counted on, such as "short edge of 440 pixels or more"
   * @param falseAlarms authentic media that were called fake
   * @param authentic authentic media looked at
   * @param hits fakes that were called fake
   * @param fakes fakes looked at
   */
  public record Counts(String row, long falseAlarms, long authentic, long hits, long fakes) {
    public Counts {
      Objects.requireNonNull(row, "row");
      if (falseAlarms < 0 || falseAlarms > authentic || hits < 0 || hits > fakes) {
        throw new IllegalArgumentException("counts that cannot be: " + row);
      }
    }
  }

  /** How several looks became one score. */
  public enum Combination {
    /** There was one look. */
    @JsonProperty("single")
    SINGLE,
    @JsonProperty("mean")
    MEAN,
    @JsonProperty("median")
    MEDIAN,
    @JsonProperty("maximum")
    MAXIMUM
  }
}
