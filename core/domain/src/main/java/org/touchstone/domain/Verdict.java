package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * The result of an analysis, with everything needed to explain and replay it.
 *
 * @param level the result in a word: the level of the least reassuring medium
 * @param confidence probability of manipulation, 0..1, of the most suspicious medium; absent
 *     without evidence, when the rule gives no probability, or when the level rests on a person's
 *     finding
 * @param policyVersion the voting policy that gave it
 * @param votes each detector's vote, including votes without weight
 * @param reasons reasons for the level, where the votes alone do not explain it
 * @param perMedia the verdict on each medium
 */
public record Verdict(
    Level level,
    Double confidence,
    String policyVersion,
    List<Vote> votes,
    List<VerdictReason> reasons,
    List<MediaVerdict> perMedia) {

  public Verdict {
    Objects.requireNonNull(level, "level");
    votes = List.copyOf(votes);
    reasons = List.copyOf(reasons);
    perMedia = List.copyOf(perMedia);
  }

  /**
   * The result in a word, declared from the most to the least reassuring. Of several media the
   * least reassuring decides. {@code trusted} promises more than {@code low}, so it applies only
   * when every medium is trusted. A medium that could not be judged outranks both, so that a clean
   * medium never hides it.
   */
  public enum Level {
    /** From a verified source; no detector was needed to say so. */
    @JsonProperty("trusted")
    TRUSTED,
    /** Little evidence of manipulation. */
    @JsonProperty("low")
    LOW,
    /** No applicable detector gave enough to judge by. */
    @JsonProperty("insufficient-evidence")
    INSUFFICIENT_EVIDENCE,
    /** Could be either. */
    @JsonProperty("uncertain")
    UNCERTAIN,
    /** Substantial evidence of manipulation. */
    @JsonProperty("high")
    HIGH
  }

  /**
   * One detector's part in the verdict on one medium.
   *
   * @param mediaId the medium
   * @param detector the detector
   * @param track the track it looked at
   * @param weight 0, 1 or 2 votes; or its share of its track's pooled evidence, of which the prior
   *     has the remaining share; or the factor by which its log-likelihood ratio counts, 0..1
   * @param score its raw score, absent when it gave none
   * @param calibrated its calibrated probability; absent under a rule without one, and without a
   *     calibration under the rule {@code log-likelihood}
   * @param vote the side it supports: {@code manipulated}, {@code authentic} or {@code none}
   * @param why the reason in words
   * @param likelihood what it says as evidence; rule {@code log-likelihood} only
   */
  public record Vote(
      String mediaId,
      String detector,
      Modality track,
      double weight,
      Double score,
      Double calibrated,
      Side vote,
      String why,
      Likelihood likelihood) {

    /** A vote of a rule that knows no likelihoods. */
    public Vote(
        String mediaId,
        String detector,
        Modality track,
        double weight,
        Double score,
        Double calibrated,
        Side vote,
        String why) {
      this(mediaId, detector, track, weight, score, calibrated, vote, why, null);
    }
  }

  /**
   * A score as evidence, with what is needed to compute it again.
   *
   * @param ratio natural logarithm of how many times likelier the score is on a manipulated medium
   *     than on an authentic one, after clipping and before weighting
   * @param lower the least that counted errors allow the ratio to be, 0 or below
   * @param upper the most that they allow it to be, 0 or above
   * @param basis what the ratio rests on
   * @param row the kind of media on which errors were counted; absent without counts
   * @param calibration version of the score's calibration; absent when it was never fitted to data
   * @param family the detectors of which only one speaks
   */
  public record Likelihood(
      double ratio,
      double lower,
      double upper,
      Basis basis,
      String row,
      String calibration,
      String family) {}

  /** What a likelihood ratio rests on. */
  public enum Basis {
    /** Errors that were counted on labelled media. */
    @JsonProperty("counted")
    COUNTED,
    /** Counted errors, but this score is in doubt, so it can mean "uncertain" at most. */
    @JsonProperty("doubtful")
    DOUBTFUL,
    /** What the file says of itself, which can be forged. */
    @JsonProperty("claim")
    CLAIM,
    /** Nothing that was counted: a cautious choice of the policy. */
    @JsonProperty("uncalibrated")
    UNCALIBRATED
  }

  /** The side a vote supports. */
  public enum Side {
    @JsonProperty("manipulated")
    MANIPULATED,
    @JsonProperty("authentic")
    AUTHENTIC,
    @JsonProperty("none")
    NONE
  }

  /**
   * The verdict on one medium.
   *
   * @param tracks of a video, what is said of its picture and, if it has any, of its sound; empty
   *     for other media, under other rules than {@code log-likelihood}, and in verdicts of earlier
   *     versions
   * @param decidedBy the track that alone gives the level; absent when both give it, when there is
   *     one track, or when a person's finding gives it
   */
  public record MediaVerdict(
      String mediaId,
      Level level,
      Double confidence,
      List<VerdictReason> reasons,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TrackVerdict> tracks,
      Modality decidedBy) {
    public MediaVerdict {
      reasons = List.copyOf(reasons);
      tracks = tracks == null ? List.of() : List.copyOf(tracks);
    }

    /** A verdict on a medium whose tracks are not told apart. */
    public MediaVerdict(
        String mediaId, Level level, Double confidence, List<VerdictReason> reasons) {
      this(mediaId, level, confidence, reasons, null, null);
    }
  }

  /**
   * What the detectors of one track of a medium say. Another track's detectors neither raise nor
   * lower it.
   *
   * @param track the picture ({@code video}) or the sound ({@code audio})
   * @param confidence as that of a medium
   * @param reasons what explains the track's level
   */
  public record TrackVerdict(
      Modality track, Level level, Double confidence, List<VerdictReason> reasons) {
    public TrackVerdict {
      Objects.requireNonNull(track, "track");
      Objects.requireNonNull(level, "level");
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * A reason for a level: a stable code, and the sentence for people.
   *
   * @param code such as {@code faces-too-many}
   * @param text such as "There are five or more faces."
   */
  public record VerdictReason(String code, String text) {}
}
