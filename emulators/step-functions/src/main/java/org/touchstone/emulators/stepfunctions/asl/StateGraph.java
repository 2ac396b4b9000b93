package org.touchstone.emulators.stepfunctions.asl;

import java.util.Map;

/**
 * States that lead to one another: a whole machine, a branch of a Parallel, or a Map's processor.
 */
public record StateGraph(String startAt, Map<String, State> states) {
  /** The state with that name; a checked graph names only states that it has. */
  public State state(String name) {
    return states.get(name);
  }
}
