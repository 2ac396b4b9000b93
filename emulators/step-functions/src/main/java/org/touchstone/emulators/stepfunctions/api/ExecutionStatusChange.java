package org.touchstone.emulators.stepfunctions.api;

import java.time.Instant;

/**
 * An execution has started or ended: the detail of EventBridge's "Step Functions Execution Status
 * Change".
 *
 * @param stopDate null while it runs
 * @param input the execution's input, as JSON
 * @param output its output, as JSON; only when it succeeded
 * @param error the error's name; only when it failed, or was stopped with one
 * @param cause text about the error; may be null
 */
public record ExecutionStatusChange(
    String executionArn,
    String stateMachineArn,
    String name,
    ExecutionStatus status,
    Instant startDate,
    Instant stopDate,
    String input,
    String output,
    String error,
    String cause) {}
