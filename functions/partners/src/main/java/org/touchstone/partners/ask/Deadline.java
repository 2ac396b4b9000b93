package org.touchstone.partners.ask;

import java.time.Duration;
import org.touchstone.domain.Reason;
import org.touchstone.partners.voter.Voter;

/** The end of the time that a voter has for a question. */
final class Deadline {
  private final Voter voter;
  private final long end;

  private Deadline(Voter voter, Duration time) {
    this.voter = voter;
    this.end = System.nanoTime() + time.toNanos();
  }

  static Deadline in(Voter voter, Duration time) {
    return new Deadline(voter, time);
  }

  /**
   * The time left.
   *
   * @throws AbstentionException when there is none
   */
  Duration left() throws AbstentionException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw tooLate();
    }
    return Duration.ofNanos(left);
  }

  AbstentionException tooLate() {
    return new AbstentionException(
        Reason.TIMEOUT,
        voter.provider()
            + " gave no result within "
            + voter.limits().time().toSeconds()
            + " seconds.");
  }

  /**
   * Waits.
   *
   * @throws AbstentionException when that would outlast the time left, or the wait is interrupted
   */
  void pause(Duration pause) throws AbstentionException {
    if (pause.compareTo(left()) >= 0) {
      throw tooLate();
    }
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AbstentionException(Reason.ERROR, "The question was interrupted.");
    }
  }
}
