package org.touchstone.payers;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
public final class MovedClock implements InstantSource {
  private volatile Instant now;

  public MovedClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  public void to(Instant then) {
    now = then;
  }

  public void on(Duration time) {
    now = now.plus(time);
  }
}
