package org.touchstone.judge.chat;

import java.util.Objects;
import org.touchstone.domain.Reason;
import org.touchstone.judge.cost.Usage;

/**
 * A language model did not answer. The message is a sentence for people, without anything that the
 * server sent.
 */
public final class ChatException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final boolean mayHelpToRepeat;
  private final boolean wasSent;
  private final transient Usage usage;

  private ChatException(
      Reason reason, String sentence, boolean mayHelpToRepeat, boolean wasSent, Usage usage) {
    super(sentence);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.mayHelpToRepeat = mayHelpToRepeat;
    this.wasSent = wasSent;
    this.usage = usage;
  }

  /** One that the same question will meet again, and that took no tokens. */
  static ChatException lasting(Reason reason, String sentence) {
    return new ChatException(reason, sentence, false, true, Usage.NONE);
  }

  /** One after which nobody can tell what the request took: its answer, if any, is lost. */
  static ChatException lost(Reason reason, String sentence) {
    return new ChatException(reason, sentence, false, true, Usage.UNKNOWN);
  }

  /** A model that refused, which takes tokens too. */
  static ChatException refused(Usage usage) {
    return new ChatException(Reason.NO_ANSWER, "The judge refused to answer.", false, true, usage);
  }

  /** One that kept the request from being sent at all. */
  static ChatException notSent(String sentence) {
    return new ChatException(Reason.ERROR, sentence, false, false, Usage.NONE);
  }

  /** An answer in another form than asked for; another try may give one in the right form. */
  static ChatException malformed(String sentence, Usage usage) {
    return new ChatException(Reason.NO_ANSWER, sentence, true, true, usage);
  }

  public Reason reason() {
    return reason;
  }

  /** Whether the model may answer when asked once more. */
  public boolean mayHelpToRepeat() {
    return mayHelpToRepeat;
  }

  /** Whether the prompt may have left this machine. */
  public boolean wasSent() {
    return wasSent;
  }

  /** What the request took all the same. */
  public Usage usage() {
    return usage;
  }
}
