package org.touchstone.emulators.stepfunctions.execution;

/** Unwinds the line of states of a cancelled scope. */
final class CancelledException extends RuntimeException {
  private final CancelReason reason;

  CancelledException(CancelReason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  CancelReason reason() {
    return reason;
  }
}
