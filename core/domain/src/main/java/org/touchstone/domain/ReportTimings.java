package org.touchstone.domain;

/**
 * Where a detector's time went, in milliseconds.
 *
 * @param decode decoding and face detection (shared between detectors of a job)
 * @param inference the detector's own work
 */
public record ReportTimings(long decode, long inference) {
  public static final ReportTimings ZERO = new ReportTimings(0, 0);
}
