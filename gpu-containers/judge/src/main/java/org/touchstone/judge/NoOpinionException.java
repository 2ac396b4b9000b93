package org.touchstone.judge;

import java.util.Objects;
import org.touchstone.domain.Reason;
import org.touchstone.judge.cost.Usage;

/** There is no usable answer. The message is a sentence for people, without the answer's text. */
public final class NoOpinionException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final boolean wasSent;
  private final transient Usage usage;

  /**
   * @param wasSent whether the question may have left this machine
   * @param usage what the requests took all the same
   */
  public NoOpinionException(Reason reason, String sentence, boolean wasSent, Usage usage) {
    super(sentence);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.wasSent = wasSent;
    this.usage = usage;
  }

  public Reason reason() {
    return reason;
  }

  /** Whether the question may have left this machine. */
  public boolean wasSent() {
    return wasSent;
  }

  /** What the requests took. */
  public Usage usage() {
    return usage;
  }
}
