package org.touchstone.detectors.base;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value made once, on first use, by one thread while others wait; a failure is kept as well. It
 * can be released at any time without waiting, even while it is being made.
 */
public final class Lazy<T> {
  private final Supplier<T> supplier;
  private volatile T value;
  private volatile boolean cleared;
  private RuntimeException failure;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  /**
   * @throws IllegalStateException when it was released
   */
  public synchronized T get() {
    checkNotCleared();
    if (failure != null) {
      throw failure;
    }
    T known = value;
    if (known == null) {
      known = make();
      value = known;
      if (cleared) {
        value = null;
      }
    }
    return known;
  }

  /** The value if it is ready, without waiting. */
  public Optional<T> known() {
    return Optional.ofNullable(value);
  }

  private T make() {
    try {
      return supplier.get();
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  private void checkNotCleared() {
    if (cleared) {
      throw new IllegalStateException("closed");
    }
  }

  public void clear() {
    cleared = true;
    value = null;
  }
}
