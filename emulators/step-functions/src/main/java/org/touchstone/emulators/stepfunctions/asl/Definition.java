package org.touchstone.emulators.stepfunctions.asl;

/**
 * A checked state machine.
 *
 * @param timeoutSeconds time limit of an execution; null for no limit
 */
public record Definition(StateGraph graph, Integer timeoutSeconds) {}
