package org.touchstone.emulators.stepfunctions.asl;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks that a branch or an item processor does not assign a variable of an outer scope. It may
 * read outer variables, and returns results only by its output.
 */
final class VariableScopes {
  private VariableScopes() {}

  static void check(StateGraph graph, List<Diagnostic> diagnostics) {
    check(graph, Set.of(), "", diagnostics);
  }

  private static void check(
      StateGraph graph, Set<String> outer, String path, List<Diagnostic> diagnostics) {
    for (State state : graph.states().values()) {
      effects(state)
          .flatMap(effects -> effects.variables().stream())
          .forEach(
              variable -> {
                if (outer.contains(variable)) {
                  diagnostics.add(
                      new Diagnostic(
                          Diagnostic.VARIABLE,
                          "The variable '" + variable + "' belongs to an outer scope",
                          path + "/States/" + state.name()));
                }
              });
    }
    for (State state : graph.states().values()) {
      String at = path + "/States/" + state.name();
      switch (state) {
        case State.MapItems map ->
            check(map.processor(), around(map, graph, outer), at + "/ItemProcessor", diagnostics);
        case State.Parallel parallel -> {
          Set<String> around = around(parallel, graph, outer);
          for (int i = 0; i < parallel.branches().size(); i++) {
            check(parallel.branches().get(i), around, at + "/Branches[" + i + "]", diagnostics);
          }
        }
        default -> {}
      }
    }
  }

  /**
   * The variables that lines inside a state cannot assign. What only the state's own catchers
   * assign is not among them: they assign when all lines have ended, and the service accepts it.
   */
  private static Set<String> around(State.Recoverable state, StateGraph graph, Set<String> outer) {
    Set<String> around = new HashSet<>(outer);
    for (State each : graph.states().values()) {
      (each == state ? own(each) : effects(each))
          .forEach(effects -> around.addAll(effects.variables()));
    }
    return around;
  }

  private static Stream<Effects> effects(State state) {
    return state instanceof State.Recoverable recoverable
        ? Stream.concat(own(state), recoverable.catchers().stream().map(Catcher::effects))
        : own(state);
  }

  private static Stream<Effects> own(State state) {
    return switch (state) {
      case State.Task s -> Stream.of(s.effects());
      case State.MapItems s -> Stream.of(s.effects());
      case State.Parallel s -> Stream.of(s.effects());
      case State.Pass s -> Stream.of(s.effects());
      case State.Wait s -> Stream.of(s.effects());
      case State.Choice s ->
          Stream.concat(Stream.of(s.effects()), s.rules().stream().map(State.Rule::effects));
      case State.Succeed s -> Stream.empty();
      case State.Fail s -> Stream.empty();
    };
  }
}
