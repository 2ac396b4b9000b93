package org.touchstone.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.touchstone.billing.ReservationSweep;

/** Ends reservations of caps that nobody else ends. */
final class ReservationsPart implements SweepPart {
  private final ReservationSweep sweep;
  private final InstantSource clock;

  ReservationsPart(ReservationSweep sweep, InstantSource clock) {
    this.sweep = sweep;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "reservations";
  }

  @Override
  public int run(Instant end) {
    Instant now = clock.instant();
    return sweep.run(now, Duration.between(now, end));
  }
}
