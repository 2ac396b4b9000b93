package org.touchstone.client.model;

/**
 * Where a detector's time went, in milliseconds.
 *
 * @param decode decoding and face detection (shared between detectors of a job)
 * @param inference the detector's own work
 */
public record ReportTimings(Long decode, Long inference) {}
