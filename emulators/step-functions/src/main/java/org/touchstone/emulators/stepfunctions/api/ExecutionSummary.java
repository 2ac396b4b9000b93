package org.touchstone.emulators.stepfunctions.api;

import java.time.Instant;

/**
 * An execution as ListExecutions shows it.
 *
 * @param stopDate null while it runs
 */
public record ExecutionSummary(
    ExecutionId id, ExecutionStatus status, Instant startDate, Instant stopDate) {}
