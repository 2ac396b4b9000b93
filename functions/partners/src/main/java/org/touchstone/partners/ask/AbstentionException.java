package org.touchstone.partners.ask;

import java.util.Objects;
import org.touchstone.domain.Reason;

/** A voter gives no score. The message is a sentence for people, without secrets. */
final class AbstentionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  AbstentionException(Reason reason, String sentence) {
    super(sentence, null, false, false);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  Reason reason() {
    return reason;
  }
}
