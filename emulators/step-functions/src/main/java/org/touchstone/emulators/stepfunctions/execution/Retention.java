package org.touchstone.emulators.stepfunctions.execution;

import java.time.Duration;

/**
 * How long and how many ended executions are kept.
 *
 * @param age time since their end
 * @param maxCount maximum number; those that ended first are removed first
 */
public record Retention(Duration age, int maxCount) {}
