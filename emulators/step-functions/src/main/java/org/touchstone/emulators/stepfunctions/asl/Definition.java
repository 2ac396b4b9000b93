package org.touchstone.emulators.stepfunctions.asl;

/**
 * A checked state machine.
 *
 * @param timeoutSeconds how long an execution may take; null without a limit
 */
public record Definition(StateGraph graph, Integer timeoutSeconds) {}
