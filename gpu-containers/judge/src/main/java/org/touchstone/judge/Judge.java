package org.touchstone.judge;

import org.touchstone.judge.cost.Usage;
import org.touchstone.judge.prompt.Question;

/** Judges a transcript. */
public interface Judge {
  /**
   * What somebody thinks of a transcript.
   *
   * @throws NoOpinionException when there is no usable answer, with the reason
   */
  Opinion judge(Question question) throws NoOpinionException;

  /** The most that a question can take, all its votes and repetitions together. */
  Usage most(Question question);

  /** The version of the prompt and the name of the model, as reports show them. */
  String version();
}
