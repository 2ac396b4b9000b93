package org.touchstone.emulators.stepfunctions.asl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Checks that every transition leads to a state, every state can be reached, and an end exists. */
final class Reachability {
  private Reachability() {}

  static void check(
      String startAt, Map<String, State> graph, String path, List<Diagnostic> diagnostics) {
    if (!graph.containsKey(startAt)) {
      diagnostics.add(missing(startAt, path + "/StartAt"));
      return;
    }
    Set<String> reached = new LinkedHashSet<>(Set.of(startAt));
    Deque<String> open = new ArrayDeque<>(reached);
    boolean ends = false;
    while (!open.isEmpty()) {
      String name = open.pop();
      State state = graph.get(name);
      ends |= isEnd(state);
      for (String target : targets(state)) {
        if (!graph.containsKey(target)) {
          diagnostics.add(missing(target, path + "/States/" + name));
        } else if (reached.add(target)) {
          open.push(target);
        }
      }
    }
    for (String name : graph.keySet()) {
      if (!reached.contains(name)) {
        diagnostics.add(
            new Diagnostic(
                Diagnostic.TARGET,
                "State '" + name + "' is not reachable",
                path + "/States/" + name));
      }
    }
    if (!ends) {
      diagnostics.add(
          new Diagnostic(Diagnostic.NO_END, "No terminal state can be reached", path + "/States"));
    }
  }

  private static Diagnostic missing(String target, String location) {
    return new Diagnostic(Diagnostic.TARGET, "Missing target state: '" + target + "'", location);
  }

  private static boolean isEnd(State state) {
    return switch (state) {
      case State.Task s -> s.next() == null;
      case State.MapItems s -> s.next() == null;
      case State.Parallel s -> s.next() == null;
      case State.Pass s -> s.next() == null;
      case State.Wait s -> s.next() == null;
      case State.Choice s -> false;
      case State.Succeed s -> true;
      case State.Fail s -> true;
    };
  }

  private static List<String> targets(State state) {
    List<String> targets = new ArrayList<>();
    switch (state) {
      case State.Task s -> targets.add(s.next());
      case State.MapItems s -> targets.add(s.next());
      case State.Parallel s -> targets.add(s.next());
      case State.Pass s -> targets.add(s.next());
      case State.Wait s -> targets.add(s.next());
      case State.Choice s -> {
        s.rules().forEach(rule -> targets.add(rule.next()));
        targets.add(s.defaultNext());
      }
      case State.Succeed s -> {}
      case State.Fail s -> {}
    }
    if (state instanceof State.Recoverable recoverable) {
      recoverable.catchers().forEach(catcher -> targets.add(catcher.next()));
    }
    targets.removeIf(Objects::isNull);
    return targets;
  }
}
