package org.touchstone.emulators.stepfunctions.api;

import java.time.Instant;

/**
 * An execution as DescribeExecution shows it.
 *
 * @param stopDate null while it runs
 * @param input as JSON
 * @param output as JSON; null unless it succeeded
 * @param error null unless it failed, or was stopped with one
 * @param redriveCount how often it was resumed after a restart of the engine
 */
public record ExecutionDescription(
    ExecutionId id,
    ExecutionStatus status,
    Instant startDate,
    Instant stopDate,
    String input,
    String output,
    String error,
    String cause,
    int redriveCount) {}
