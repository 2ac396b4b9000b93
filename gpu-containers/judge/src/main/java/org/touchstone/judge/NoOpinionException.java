package org.touchstone.judge;

import java.util.Objects;
import org.touchstone.domain.Reason;
import org.touchstone.judge.chat.Usage;

/** There is no usable answer. The message is a sentence for people, without the answer's text. */
public final class NoOpinionException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final transient Usage usage;

  /**
   * @param usage what the requests took all the same
   */
  public NoOpinionException(Reason reason, String sentence, Usage usage) {
    super(sentence);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.usage = usage;
  }

  public Reason reason() {
    return reason;
  }

  /** What the requests took. */
  public Usage usage() {
    return usage;
  }
}
