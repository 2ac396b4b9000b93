package org.touchstone.partners.ask;

/** Nothing was sent: there was no connection. The message is a sentence for people. */
final class NotSentException extends Exception {
  private static final long serialVersionUID = 1L;

  NotSentException(String sentence) {
    super(sentence, null, false, false);
  }
}
