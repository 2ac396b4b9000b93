package org.touchstone.upkeep;

import java.util.List;

/** Something of a run failed, after everything was tried; an alarm tells of it. */
public final class SweepFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SweepFailedException(List<String> parts) {
    super("failed: " + String.join(", ", parts));
  }
}
