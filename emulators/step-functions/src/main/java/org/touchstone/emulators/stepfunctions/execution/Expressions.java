package org.touchstone.emulators.stepfunctions.execution;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.touchstone.emulators.stepfunctions.asl.Effects;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.jsonata.Bindings;
import org.touchstone.emulators.stepfunctions.jsonata.Evaluation;
import org.touchstone.emulators.stepfunctions.jsonata.Evaluator;
import org.touchstone.emulators.stepfunctions.jsonata.QueryEvaluationException;
import org.touchstone.emulators.stepfunctions.jsonata.Template;

/** Evaluates the fields of states, and turns failures into the errors that states report. */
final class Expressions {
  /** Step Functions' limit for all variables of an execution. */
  private static final long MAX_VARIABLE_BYTES = 10L << 20;

  private final Evaluator evaluator;

  Expressions(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** Does several evaluations with the same bindings on one thread. */
  <T> T evaluate(Visit visit, Bindings bindings, Evaluator.Work<T> work) throws StateError {
    try {
      return evaluator.evaluate(bindings, work);
    } catch (QueryEvaluationException e) {
      throw failed(visit, e.field(), e.getMessage());
    }
  }

  /** Evaluates one field to a payload within the size limit. */
  Payload payload(Visit visit, Bindings bindings, Template template) throws StateError {
    Payload payload;
    try {
      payload = Payload.of(evaluator.evaluate(template, bindings));
    } catch (QueryEvaluationException e) {
      throw failed(visit, e.field(), e.getMessage());
    }
    return limited(visit, payload);
  }

  /**
   * Evaluates the effects of leaving a state.
   *
   * @param otherwise the output when the effects have none
   */
  Transition leave(Visit visit, Effects effects, Bindings bindings, Payload otherwise, String next)
      throws StateError {
    if (effects.output() == null && effects.assign() == null) {
      return new Transition(limited(visit, otherwise), Map.of(), next);
    }
    Transition transition =
        evaluate(
            visit,
            bindings,
            evaluation ->
                new Transition(
                    effects.output() == null
                        ? otherwise
                        : Payload.of(evaluation.evaluate(effects.output())),
                    assigned(evaluation, effects.assign()),
                    next));
    limited(visit, transition.output());
    limitedTogether(visit, transition.assigned());
    return transition;
  }

  private static Map<String, Payload> assigned(Evaluation evaluation, Template assign)
      throws QueryEvaluationException {
    if (assign == null) {
      return Map.of();
    }
    Map<String, Payload> assigned = new LinkedHashMap<>();
    ((Map<?, ?>) evaluation.evaluate(assign))
        .forEach((name, value) -> assigned.put((String) name, Payload.of(value)));
    return assigned;
  }

  /**
   * Evaluates a field to a whole number; returns the default when the field is absent.
   *
   * @throws QueryEvaluationException when the field gives something else
   */
  static int whole(Evaluation evaluation, Template template, String field, int min, int otherwise)
      throws QueryEvaluationException {
    if (template == null) {
      return otherwise;
    }
    if (evaluation.evaluate(template) instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= min) {
      return number.intValue();
    }
    throw new QueryEvaluationException(
        field, "The field '" + field + "' must give an integer of at least " + min + ".");
  }

  /** Checks that a payload is within the size limit, and returns it. */
  Payload limited(Visit visit, Payload payload) throws StateError {
    if (payload.exceedsLimit()) {
      throw visit.error(
          StateError.DATA_LIMIT,
          "The state/task returned a result with a size exceeding the maximum number of bytes"
              + " service limit.");
    }
    return payload;
  }

  /** Checks that one Assign, and all variables with it, are within Step Functions' limits. */
  private void limitedTogether(Visit visit, Map<String, Payload> assigned) throws StateError {
    if (assigned.isEmpty()) {
      return;
    }
    Map<String, Payload> all = new HashMap<>(visit.line().variables());
    all.putAll(assigned);
    if (bytes(assigned) > Payload.MAX_BYTES || bytes(all) > MAX_VARIABLE_BYTES) {
      throw visit.error(
          StateError.DATA_LIMIT,
          "The size of the variables exceeds the maximum number of bytes service limit.");
    }
  }

  private static long bytes(Map<String, Payload> variables) {
    return variables.values().stream().mapToLong(Payload::bytes).sum();
  }

  /** Records an evaluation failure as an event, and returns its error. */
  StateError failed(Visit visit, String field, String message) {
    StateError error = visit.error(StateError.QUERY_EVALUATION, message);
    Map<String, Object> details = error.toJson("error", "cause");
    if (!field.isEmpty()) {
      details.put("location", field);
    }
    details.put("state", visit.state().name());
    visit.line().recordAfter(visit.beforeEvaluation(), EventType.EVALUATION_FAILED, details);
    return error;
  }
}
