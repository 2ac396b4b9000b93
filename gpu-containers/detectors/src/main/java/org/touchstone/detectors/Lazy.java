package org.touchstone.detectors;

import java.util.function.Supplier;

/** A value made once, on first use, by one thread while others wait; a failure is kept as well. */
final class Lazy<T> {
  private final Supplier<T> supplier;
  private T value;
  private RuntimeException failure;
  private boolean cleared;

  Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  synchronized T get() {
    if (cleared) {
      throw new IllegalStateException("closed");
    }
    if (failure != null) {
      throw failure;
    }
    if (value == null) {
      try {
        value = supplier.get();
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
    return value;
  }

  synchronized void clear() {
    cleared = true;
    value = null;
    failure = null;
  }
}
