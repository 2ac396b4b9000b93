package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * The answer, with all that is needed to say why and to replay it.
 *
 * @param level the answer in a word: the least reassuring of its media
 * @param confidence probability of manipulation, 0..1, of the most suspicious medium; absent when
 *     there is no evidence, when the rule gives none, or when the level rests on a person's finding
 * @param policyVersion the voting policy that gave it
 * @param votes every detector's part, those that carried no weight included
 * @param reasons why the level is what it is, where that is not plain from the votes
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
   * The answer in a word, declared from the most to the least reassuring. Of several media the
   * least reassuring decides: {@code trusted} vouches for more than {@code low} does, so it holds
   * for all only when each is trusted; and a medium that could not be judged outranks both, so that
   * nothing hides behind a clean neighbour.
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
   * @param weight what it carried: 0, 1 or 2 votes, or its share of its track's pooled evidence, of
   *     which the prior has the rest
   * @param score its raw score, absent when it gave none
   * @param calibrated its calibrated probability, pooled rule only
   * @param vote what it spoke for: {@code manipulated}, {@code authentic} or {@code none}
   * @param why the reason in words
   */
  public record Vote(
      String mediaId,
      String detector,
      Modality track,
      double weight,
      Double score,
      Double calibrated,
      Side vote,
      String why) {}

  /** What a vote speaks for. */
  public enum Side {
    @JsonProperty("manipulated")
    MANIPULATED,
    @JsonProperty("authentic")
    AUTHENTIC,
    @JsonProperty("none")
    NONE
  }

  /** The verdict on one medium. */
  public record MediaVerdict(
      String mediaId, Level level, Double confidence, List<VerdictReason> reasons) {
    public MediaVerdict {
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
