package org.touchstone.judge.score;

import org.touchstone.judge.answer.Label;

/**
 * What became of one labelled transcript; a line of the file of answers.
 *
 * @param id the transcript's
 * @param question a digest of everything that was asked, with the judge's version
 * @param label absent without an opinion
 * @param probability absent without an opinion
 * @param problem why there is no opinion; absent with one
 * @param usdMicros what it cost, in millionths of a US dollar
 */
record Judged(
    String id, String question, Label label, Double probability, String problem, long usdMicros) {
  boolean hasOpinion() {
    return probability != null;
  }
}
