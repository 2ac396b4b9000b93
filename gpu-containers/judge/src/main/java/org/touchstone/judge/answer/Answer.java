package org.touchstone.judge.answer;

import java.util.List;

/**
 * An answer that has passed all checks.
 *
 * @param probability that the speech is made up, 0..1
 * @param rationale why, at most {@link #MAX_RATIONALE} characters
 * @param claims at most {@link #MAX_CLAIMS} of at most {@link #MAX_CLAIM} characters
 */
public record Answer(Label label, double probability, String rationale, List<String> claims) {
  public static final int MAX_RATIONALE = 2000;
  public static final int MAX_CLAIMS = 20;
  public static final int MAX_CLAIM = 400;

  public Answer {
    claims = List.copyOf(claims);
  }
}
