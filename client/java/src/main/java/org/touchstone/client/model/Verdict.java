package org.touchstone.client.model;

import java.util.List;

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
    votes = votes == null ? List.of() : List.copyOf(votes);
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
    perMedia = perMedia == null ? List.of() : List.copyOf(perMedia);
  }
}
