package org.touchstone.emulators.stepfunctions.execution;

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

/** Evaluates the fields of states, and turns what goes wrong into the errors states report. */
final class Expressions {
  private final Evaluator evaluator;

  Expressions(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** Several evaluations with the same bindings, on one thread. */
  <T> T evaluate(Visit visit, Bindings bindings, Evaluator.Work<T> work) throws StateError {
    try {
      return evaluator.evaluate(bindings, work);
    } catch (QueryEvaluationException e) {
      throw failed(visit, e.field(), e.getMessage());
    }
  }

  /** One field's value as a payload within the size limit. */
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
   * What leaving a state gives.
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
    for (Payload value : transition.assigned().values()) {
      limited(visit, value);
    }
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
   * A whole number a field gives; the default when the field is absent.
   *
   * @throws QueryEvaluationException when it gives something else
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

  /** A payload within the size limit. */
  Payload limited(Visit visit, Payload payload) throws StateError {
    if (payload.exceedsLimit()) {
      throw visit.error(
          StateError.DATA_LIMIT,
          "The state/task returned a result with a size exceeding the maximum number of bytes"
              + " service limit.");
    }
    return payload;
  }

  /** An evaluation failure, recorded as an event. */
  StateError failed(Visit visit, String field, String message) {
    StateError error = visit.error(StateError.QUERY_EVALUATION, message);
    Map<String, Object> details = error.toJson("error", "cause");
    details.put("location", field);
    details.put("state", visit.state().name());
    visit.line().record(EventType.EVALUATION_FAILED, details);
    return error;
  }
}
