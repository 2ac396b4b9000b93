package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Utils;
import java.util.List;

/** Calls functions that an expression hands to a function. */
final class Calls {
  private Calls() {}

  static boolean isFunction(Object value) {
    return Utils.isFunction(value) || Functions.isLambda(value);
  }

  static Object call(Object function, Object... arguments) {
    try {
      return Functions.funcApply(function, new java.util.ArrayList<>(List.of(arguments)));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
