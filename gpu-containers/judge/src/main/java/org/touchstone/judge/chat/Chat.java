package org.touchstone.judge.chat;

import org.touchstone.judge.prompt.Rendered;

/** A language model. It is asked to call the one tool of {@link AnswerTool}. */
public interface Chat extends AutoCloseable {
  /**
   * Asks once. A request that is refused for the moment is repeated within the time.
   *
   * @throws ChatException when there is no answer in time or none in the form asked for
   */
  Reply ask(Rendered prompt, Deadline deadline) throws ChatException;

  /** The host that prompts are sent to, as reports name it. */
  String host();

  @Override
  void close();
}
