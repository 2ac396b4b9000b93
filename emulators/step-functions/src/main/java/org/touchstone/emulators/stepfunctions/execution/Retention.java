package org.touchstone.emulators.stepfunctions.execution;

import java.time.Duration;

/**
 * How long ended executions are kept.
 *
 * @param age from their end
 * @param maxCount how many at most; the longest ended go first
 */
public record Retention(Duration age, int maxCount) {}
