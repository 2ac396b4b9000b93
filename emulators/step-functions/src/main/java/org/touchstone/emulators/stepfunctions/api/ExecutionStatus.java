package org.touchstone.emulators.stepfunctions.api;

/** The status of an execution; all but RUNNING are final. */
public enum ExecutionStatus {
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED
}
