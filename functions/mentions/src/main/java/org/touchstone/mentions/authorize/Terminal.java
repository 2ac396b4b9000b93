package org.touchstone.mentions.authorize;

/** Where the person sits. */
public interface Terminal {
  /** Shows a line. */
  void say(String line);

  /**
   * Asks for a value.
   *
   * @param isSecret whether it must not be shown while it is typed
   * @return what was typed; null when the input has ended
   */
  String ask(String prompt, boolean isSecret);
}
