package org.touchstone.worker;

import java.time.Duration;
import java.util.Objects;
import org.touchstone.detectors.base.DecodeLimits;

/**
 * The limits of one endpoint's work.
 *
 * @param concurrency how many media are worked on at once. Multiplied by the memory of one decode
 *     it bounds the endpoint's memory, multiplied by {@code maxBytes} its disk
 * @param maxBytes size of the largest medium accepted, in bytes
 * @param perJob how long all detectors together may work on one medium
 * @param decode how much of a medium is decoded
 */
public record DetectionLimits(
    int concurrency, long maxBytes, Duration perJob, DecodeLimits decode) {

  /** The default limits: two media at once, one gigabyte and ten minutes each. */
  public static final DetectionLimits DEFAULT =
      new DetectionLimits(2, 1L << 30, Duration.ofMinutes(10), DecodeLimits.DEFAULT);

  public DetectionLimits {
    Objects.requireNonNull(decode, "decode");
    if (concurrency < 1 || maxBytes < 1 || !perJob.isPositive()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
