package org.touchstone.emulators.stepfunctions.jsonata;

import com.dashjoin.jsonata.Jsonata.Frame;
import java.util.List;

/**
 * Keeps one evaluation within Step Functions' bounds, 100 levels of nesting and about 7 MB for one
 * value, and within a time limit.
 */
final class RuntimeBounds {
  static final int MAX_DEPTH = 100;
  private static final int MAX_TEXT = 6_990_256;
  private static final int MAX_ELEMENTS = MAX_TEXT / 8;

  private final long start = System.nanoTime();
  private final long maxNanos;
  private int depth;

  RuntimeBounds(long maxNanos) {
    this.maxNanos = maxNanos;
  }

  /** An evaluation exceeded a bound. */
  static final class ExceededException extends RuntimeException {
    ExceededException(String message) {
      super(message, null, false, false);
    }
  }

  void guard(Frame frame) {
    frame.setEvaluateEntryCallback((expression, input, environment) -> enter());
    frame.setEvaluateExitCallback((expression, input, environment, result) -> leave(result));
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new ExceededException(
          "Stack overflow error: check for non-terminating recursive functions. Depth="
              + depth
              + " max="
              + MAX_DEPTH);
    }
    if (System.nanoTime() - start > maxNanos) {
      throw new ExceededException("Expression evaluation timeout: check for infinite loops");
    }
  }

  private void leave(Object result) {
    depth--;
    boolean tooLarge =
        switch (result) {
          case String text -> text.length() > MAX_TEXT;
          case List<?> array -> array.size() > MAX_ELEMENTS;
          case null, default -> false;
        };
    if (tooLarge) {
      throw new ExceededException("Expression evaluation memory limit exceeded");
    }
  }
}
