package org.touchstone.emulators.stepfunctions.integration;

import org.touchstone.emulators.stepfunctions.asl.ResourceRules;
import org.touchstone.emulators.stepfunctions.json.Payload;

/** The implementation of a Task's resource. Thread-safe. */
public interface TaskIntegration {
  /** The arguments that it accepts. */
  ResourceRules.Arguments arguments();

  /**
   * Does the work, on the caller's thread. An interrupt means that the result is no longer wanted.
   *
   * @return the task's result
   * @throws TaskFailedException when the work failed
   */
  Payload call(TaskCall call) throws TaskFailedException;
}
