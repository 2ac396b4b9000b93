package org.touchstone.emulators.stepfunctions.execution;

import java.util.Map;
import org.touchstone.emulators.stepfunctions.json.Payload;

/**
 * How a line leaves a state.
 *
 * @param next the state it goes to; null when it ends
 */
record Transition(Payload output, Map<String, Payload> assigned, String next) {}
