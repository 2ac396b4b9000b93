package org.touchstone.partners.ask;

import java.time.Instant;
import org.touchstone.domain.DetectorReport;

/** What came of asking a voter. */
public sealed interface Response {
  /** Its report. */
  record Given(DetectorReport report) implements Response {}

  /**
   * It will call back.
   *
   * @param until when the wait for that ends
   */
  record Awaited(Instant until) implements Response {}
}
