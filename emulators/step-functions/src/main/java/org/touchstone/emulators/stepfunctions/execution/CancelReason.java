package org.touchstone.emulators.stepfunctions.execution;

/** The reason why work in progress was cancelled. */
enum CancelReason {
  /** StopExecution was called. */
  STOPPED,
  /** The state machine's own time limit has passed. */
  TIMED_OUT,
  /** Another branch or iteration failed, and with it the Parallel or Map around both. */
  SIBLING_FAILED,
  /** The history is full. */
  HISTORY_FULL,
  /** The engine closes; the execution continues when it is opened again. */
  ENGINE_CLOSED;

  /** Whether the interrupted states are recorded as aborted. */
  boolean isAbort() {
    return this == STOPPED || this == SIBLING_FAILED;
  }
}
