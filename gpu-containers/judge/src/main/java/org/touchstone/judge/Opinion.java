package org.touchstone.judge;

import java.util.List;
import org.touchstone.judge.answer.Answer;
import org.touchstone.judge.answer.Label;
import org.touchstone.judge.cost.Usage;

/**
 * A judge's opinion: one answer, or what several answers to the same question agree on.
 *
 * @param label what most answers say; unknown when none has more than half
 * @param probability that the speech is made up, 0..1: the median of the answers with this label
 * @param rationale why, in words
 * @param claims statements about the world; shown and never scored
 * @param answers all answers
 * @param model the model that answered, as its server names it
 * @param usage what all requests took
 */
public record Opinion(
    Label label,
    double probability,
    String rationale,
    List<String> claims,
    List<Answer> answers,
    String model,
    Usage usage) {
  public Opinion {
    claims = List.copyOf(claims);
    answers = List.copyOf(answers);
  }
}
