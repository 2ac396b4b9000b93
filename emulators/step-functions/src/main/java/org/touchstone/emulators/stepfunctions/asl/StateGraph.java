package org.touchstone.emulators.stepfunctions.asl;

import java.util.Map;

/** States that lead to one another: a whole machine, a branch of a Parallel, a Map's processor. */
public record StateGraph(String startAt, Map<String, State> states) {
  /** The state of that name; a checked graph only names states it has. */
  public State state(String name) {
    return states.get(name);
  }
}
