package org.touchstone.emulators.stepfunctions.asl;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks that a branch or an item processor assigns no variable of a scope around it: it reads
 * those, and gives results by its output only.
 */
final class VariableScopes {
  private VariableScopes() {}

  static void check(StateGraph graph, List<Diagnostic> diagnostics) {
    check(graph, Set.of(), "", diagnostics);
  }

  private static void check(
      StateGraph graph, Set<String> outer, String path, List<Diagnostic> diagnostics) {
    Set<String> visible = new HashSet<>(outer);
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
                visible.add(variable);
              });
    }
    for (State state : graph.states().values()) {
      String at = path + "/States/" + state.name();
      switch (state) {
        case State.MapItems map ->
            check(map.processor(), visible, at + "/ItemProcessor", diagnostics);
        case State.Parallel parallel -> {
          for (int i = 0; i < parallel.branches().size(); i++) {
            check(parallel.branches().get(i), visible, at + "/Branches[" + i + "]", diagnostics);
          }
        }
        default -> {}
      }
    }
  }

  private static Stream<Effects> effects(State state) {
    Stream<Effects> own =
        switch (state) {
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
    return state instanceof State.Recoverable recoverable
        ? Stream.concat(own, recoverable.catchers().stream().map(Catcher::effects))
        : own;
  }
}
