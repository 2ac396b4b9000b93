package org.touchstone.judge.chat;

import java.time.Duration;
import org.touchstone.domain.Reason;

/** The end of the time for a question. */
public final class Deadline {
  private final Duration time;
  private final long end;

  private Deadline(Duration time) {
    this.time = time;
    this.end = System.nanoTime() + time.toNanos();
  }

  public static Deadline in(Duration time) {
    return new Deadline(time);
  }

  /**
   * The time left.
   *
   * @throws ChatException when there is none
   */
  public Duration left() throws ChatException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw tooLate();
    }
    return Duration.ofNanos(left);
  }

  ChatException tooLate() {
    return ChatException.lost(
        Reason.TIMEOUT, "The judge did not answer within " + time.toSeconds() + " seconds.");
  }

  /**
   * Waits.
   *
   * @return false, without waiting, when that would outlast the time left
   * @throws ChatException when there is no time left or the wait is interrupted
   */
  boolean pause(Duration pause) throws ChatException {
    if (pause.compareTo(left()) >= 0) {
      return false;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ChatException.lasting(Reason.ERROR, "The question was interrupted.");
    }
  }
}
