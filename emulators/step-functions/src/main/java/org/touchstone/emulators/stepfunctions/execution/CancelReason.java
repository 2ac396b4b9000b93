package org.touchstone.emulators.stepfunctions.execution;

/** Why work in progress is no longer wanted. */
enum CancelReason {
  /** StopExecution. */
  STOPPED,
  /** The state machine's own time limit. */
  TIMED_OUT,
  /** Another branch or iteration failed, and with it the state around both. */
  SIBLING_FAILED,
  /** The history is full. */
  HISTORY_FULL,
  /** The engine closes; the execution goes on when it is opened again. */
  ENGINE_CLOSED;

  /** Whether the states cut short are told as aborted. */
  boolean isAbort() {
    return this == STOPPED || this == SIBLING_FAILED;
  }
}
