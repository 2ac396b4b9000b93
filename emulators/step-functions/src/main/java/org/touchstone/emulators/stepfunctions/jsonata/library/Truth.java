package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.Jsonata;

/** What JavaScript takes for true, where JSONata's own functions use its conditions. */
final class Truth {
  private Truth() {}

  static boolean of(Object value) {
    return switch (value) {
      case null -> false;
      case Boolean b -> b;
      case Number n -> n.doubleValue() != 0 && !Double.isNaN(n.doubleValue());
      case String s -> !s.isEmpty();
      default -> value != Jsonata.NULL_VALUE;
    };
  }
}
