package org.touchstone.emulators.stepfunctions.execution;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.touchstone.emulators.stepfunctions.asl.State;
import org.touchstone.emulators.stepfunctions.asl.StateGraph;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.integration.Integrations;
import org.touchstone.emulators.stepfunctions.integration.TaskTokens;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.jsonata.Bindings;
import org.touchstone.emulators.stepfunctions.jsonata.Evaluator;
import org.touchstone.emulators.stepfunctions.jsonata.QueryEvaluationException;
import org.touchstone.emulators.stepfunctions.store.ResumePoint;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;

/** Runs lines of states. */
final class Interpreter {
  private static final Map<String, Object> WHOLE = Map.of("truncated", false);

  private final Expressions expressions;
  private final Recovery recovery;
  private final TaskRunner tasks;
  private final ParallelRunner parallels;
  private final MapRunner maps;
  private final Timekeeper time;

  Interpreter(
      Evaluator evaluator,
      Integrations integrations,
      TaskTokens tokens,
      Timekeeper time,
      DoubleSupplier random) {
    this.expressions = new Expressions(evaluator);
    this.recovery = new Recovery(expressions, time, random);
    this.tasks = new TaskRunner(expressions, integrations, tokens, time);
    this.parallels = new ParallelRunner(expressions, this);
    this.maps = new MapRunner(expressions, this);
    this.time = time;
  }

  /** Runs a new line from its first state to its end, and returns its output. */
  Payload run(Line line, StateGraph graph, Payload input) throws StateError {
    return run(
        line, graph, new ResumePoint(graph.startAt(), input, 0, null, List.of(), Map.of(), 0));
  }

  /** Runs a line from where it was to its end, and returns its output. */
  Payload run(Line line, StateGraph graph, ResumePoint from) throws StateError {
    if (from.state() == null) {
      return from.input();
    }
    State state = graph.state(from.state());
    Visit visit =
        from.entered() == 0
            ? enter(line, state, from.input())
            : new Visit(
                line, state, from.input(), from.entered(), from.enteredAt(), from.previousId());
    List<Integer> attempts = from.attempts();
    while (true) {
      Transition transition = visit(visit, attempts);
      exit(line, visit.state(), transition);
      line.assign(transition.assigned());
      if (transition.next() == null) {
        return transition.output();
      }
      visit = enter(line, graph.state(transition.next()), transition.output());
      attempts = List.of();
    }
  }

  private Visit enter(Line line, State state, Payload input) {
    line.scope().check();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", state.name());
    details.put("input", input.json());
    details.put("inputDetails", WHOLE);
    HistoryEvent entered = line.recordEntered(EventType.entered(state.type()), details);
    return new Visit(line, state, input, entered.id(), entered.timestamp(), entered.previousId());
  }

  private static void exit(Line line, State state, Transition transition) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", state.name());
    details.put("output", transition.output().json());
    details.put("outputDetails", WHOLE);
    if (!transition.assigned().isEmpty()) {
      Map<String, Object> assigned = new LinkedHashMap<>();
      transition.assigned().forEach((name, value) -> assigned.put(name, value.json()));
      details.put("assignedVariables", assigned);
      details.put("assignedVariablesDetails", WHOLE);
    }
    line.recordExited(EventType.exited(state.type()), details, transition.next());
  }

  private Transition visit(Visit visit, List<Integer> attempts) throws StateError {
    try {
      return switch (visit.state()) {
        case State.Task s -> recovery.run(visit, s, attempts, () -> tasks.run(visit, s));
        case State.MapItems s -> recovery.run(visit, s, attempts, () -> maps.run(visit, s));
        case State.Parallel s -> recovery.run(visit, s, attempts, () -> parallels.run(visit, s));
        case State.Wait s -> wait(visit, s);
        case State.Choice s -> choose(visit, s);
        case State.Pass s ->
            expressions.leave(visit, s.effects(), visit.bindings(), visit.input(), s.next());
        case State.Succeed s ->
            expressions.leave(visit, s.effects(), visit.bindings(), visit.input(), null);
        case State.Fail s -> throw fail(visit, s);
      };
    } catch (StateError e) {
      if (visit.state() instanceof State.Task) {
        visit.line().endedIn(visit.state());
      }
      throw e;
    } catch (CancelledException e) {
      // Stopping a wait leaves no event of its own.
      boolean lasts =
          visit.state() instanceof State.Recoverable
              || visit.state() instanceof State.Wait && e.reason() == CancelReason.SIBLING_FAILED;
      if (e.reason().isAbort() && lasts) {
        visit.line().endedIn(visit.state());
        visit.line().recordAbortedAtTop();
      }
      throw e;
    }
  }

  private Transition choose(Visit visit, State.Choice choice) throws StateError {
    Bindings bindings = visit.bindings();
    int chosen =
        expressions.evaluate(
            visit,
            bindings,
            session -> {
              for (int i = 0; i < choice.rules().size(); i++) {
                Object holds = session.evaluate(choice.rules().get(i).condition());
                if (!(holds instanceof Boolean)) {
                  String field = "Choices[" + i + "]/Condition";
                  throw new QueryEvaluationException(
                      field, "The field '" + field + "' must give a boolean.");
                }
                if (holds.equals(true)) {
                  return i;
                }
              }
              return -1;
            });
    if (chosen >= 0) {
      State.Rule rule = choice.rules().get(chosen);
      return expressions.leave(visit, rule.effects(), bindings, visit.input(), rule.next());
    }
    if (choice.defaultNext() == null) {
      throw visit.error(
          StateError.NO_CHOICE_MATCHED,
          "The choice state had no rule that matched and no default.");
    }
    return expressions.leave(
        visit, choice.effects(), bindings, visit.input(), choice.defaultNext());
  }

  private Transition wait(Visit visit, State.Wait wait) throws StateError {
    Bindings bindings = visit.bindings();
    Instant until =
        expressions.evaluate(
            visit,
            bindings,
            session ->
                wait.seconds() == null
                    ? timestamp(session.evaluate(wait.timestamp()))
                    : visit
                        .enteredAt()
                        .plusSeconds(Expressions.whole(session, wait.seconds(), "Seconds", 0, 0)));
    Duration left = Duration.between(time.instant(), until);
    if (left.isPositive()) {
      recovery.pause(visit.line().scope(), left);
    }
    return expressions.leave(visit, wait.effects(), bindings, visit.input(), wait.next());
  }

  private static Instant timestamp(Object value) throws QueryEvaluationException {
    try {
      if (value instanceof String text) {
        return OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeException e) {
      // Reported below, like any other value that is not a timestamp.
    }
    throw new QueryEvaluationException(
        "Timestamp", "The field 'Timestamp' must give an RFC 3339 timestamp.");
  }

  private StateError fail(Visit visit, State.Fail fail) throws StateError {
    return expressions.evaluate(
        visit,
        visit.bindings(),
        session -> {
          Object error = fail.error() == null ? null : session.evaluate(fail.error());
          Object cause = fail.cause() == null ? null : session.evaluate(fail.cause());
          if (error != null && !(error instanceof String)) {
            throw new QueryEvaluationException("Error", "The field 'Error' must give a string.");
          }
          if (cause != null && !(cause instanceof String)) {
            throw new QueryEvaluationException("Cause", "The field 'Cause' must give a string.");
          }
          return new StateError((String) error, (String) cause);
        });
  }
}
