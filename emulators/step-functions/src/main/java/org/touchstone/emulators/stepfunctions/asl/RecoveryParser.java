package org.touchstone.emulators.stepfunctions.asl;

import java.util.ArrayList;
import java.util.List;

/** Reads Retry and Catch. */
final class RecoveryParser {
  private static final int MAX_DELAY_SECONDS = 31_622_400;

  private RecoveryParser() {}

  static List<Retrier> retriers(Fields state) {
    List<Retrier> retriers = new ArrayList<>();
    if (!state.has("Retry")) {
      return retriers;
    }
    List<?> list = state.list("Retry");
    for (int i = 0; i < list.size(); i++) {
      Fields fields = state.inner(list.get(i), "Retry[" + i + "]");
      fields.raw("Comment");
      Integer maxDelay = fields.whole("MaxDelaySeconds", 1, MAX_DELAY_SECONDS, null);
      int interval = fields.whole("IntervalSeconds", 1, Fields.MAX_SECONDS, 1);
      if (maxDelay != null && maxDelay <= interval) {
        fields.problem("MaxDelaySeconds", "MaxDelaySeconds must be greater than IntervalSeconds");
      }
      retriers.add(
          new Retrier(
              errors(fields, i == list.size() - 1),
              interval,
              fields.whole("MaxAttempts", 0, Fields.MAX_SECONDS, 3),
              fields.number("BackoffRate", 1, 2),
              maxDelay,
              fullJitter(fields)));
      fields.refuseOthers();
    }
    return List.copyOf(retriers);
  }

  static List<Catcher> catchers(Fields state) {
    List<Catcher> catchers = new ArrayList<>();
    if (!state.has("Catch")) {
      return catchers;
    }
    List<?> list = state.list("Catch");
    for (int i = 0; i < list.size(); i++) {
      Fields fields = state.inner(list.get(i), "Catch[" + i + "]");
      fields.raw("Comment");
      catchers.add(
          new Catcher(
              errors(fields, i == list.size() - 1),
              StateParser.effects(fields),
              fields.requiredText("Next")));
      fields.refuseOthers();
    }
    return List.copyOf(catchers);
  }

  private static boolean fullJitter(Fields fields) {
    String strategy = fields.text("JitterStrategy");
    if (strategy != null && !strategy.equals("FULL") && !strategy.equals("NONE")) {
      fields.problem("JitterStrategy", "Value should be one of the following: [FULL, NONE]");
    }
    return "FULL".equals(strategy);
  }

  private static List<String> errors(Fields fields, boolean last) {
    List<?> list = fields.list("ErrorEquals");
    if (list.isEmpty() || !list.stream().allMatch(String.class::isInstance)) {
      fields.problem("ErrorEquals", "Expected a non-empty array of error names");
      return List.of();
    }
    List<String> errors = list.stream().map(String.class::cast).toList();
    if (errors.contains("States.ALL") && (errors.size() > 1 || !last)) {
      fields.problem(
          "ErrorEquals", "States.ALL must stand alone and in the last element of its array");
    }
    return errors;
  }
}
