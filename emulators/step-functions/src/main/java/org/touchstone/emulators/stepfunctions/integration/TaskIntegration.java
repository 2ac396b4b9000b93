package org.touchstone.emulators.stepfunctions.integration;

import org.touchstone.emulators.stepfunctions.asl.ResourceRules;
import org.touchstone.emulators.stepfunctions.json.Payload;

/** What a Task's resource stands for. Thread-safe. */
public interface TaskIntegration {
  /** Which arguments it takes. */
  ResourceRules.Arguments arguments();

  /**
   * Does the work, on the caller's thread. An interrupt means that nobody waits any more.
   *
   * @return the task's result
   * @throws TaskFailedException when the work failed
   */
  Payload call(TaskCall call) throws TaskFailedException;
}
