package org.touchstone.upkeep;

import java.time.Instant;

/** Something that is to be done by the clock. It may run several times, also at once. */
interface SweepPart {
  /** Its name, for logs. */
  String name();

  /**
   * Does what is due, and stops at a time. What is left is found by the next run.
   *
   * @param end when to stop
   * @return how much was done
   * @throws RuntimeException when something failed; whatever did not depend on it is done
   */
  int run(Instant end);
}
