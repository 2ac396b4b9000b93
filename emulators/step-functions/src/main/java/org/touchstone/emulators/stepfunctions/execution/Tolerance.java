package org.touchstone.emulators.stepfunctions.execution;

import org.touchstone.emulators.stepfunctions.asl.State;
import org.touchstone.emulators.stepfunctions.jsonata.Evaluation;
import org.touchstone.emulators.stepfunctions.jsonata.QueryEvaluationException;

/**
 * How many items of a Map may fail.
 *
 * @param given whether the Map says so; otherwise the first failure is the Map's own
 */
record Tolerance(boolean given, int count, double percentage) {
  private static final double ALL = 100;

  static Tolerance of(Evaluation evaluation, State.MapItems map) throws QueryEvaluationException {
    boolean byCount = map.toleratedFailureCount() != null;
    boolean byPercentage = map.toleratedFailurePercentage() != null;
    int count =
        Expressions.whole(
            evaluation,
            map.toleratedFailureCount(),
            "ToleratedFailureCount",
            0,
            byPercentage ? Integer.MAX_VALUE : 0);
    return new Tolerance(
        byCount || byPercentage,
        count,
        byPercentage ? percentage(evaluation, map) : byCount ? ALL : 0);
  }

  private static double percentage(Evaluation evaluation, State.MapItems map)
      throws QueryEvaluationException {
    if (evaluation.evaluate(map.toleratedFailurePercentage()) instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= ALL) {
      return number.doubleValue();
    }
    throw new QueryEvaluationException(
        "ToleratedFailurePercentage",
        "The field 'ToleratedFailurePercentage' must give a number between 0 and 100.");
  }

  boolean exceededBy(int failed, int total) {
    return failed > count || failed * ALL > percentage * total;
  }
}
