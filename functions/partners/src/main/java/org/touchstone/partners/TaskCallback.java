package org.touchstone.partners;

import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Reports to the workflow's task. Every call returns whether the task still waits. */
final class TaskCallback {
  private final SfnClient stepFunctions;

  TaskCallback(SfnClient stepFunctions) {
    this.stepFunctions = stepFunctions;
  }

  boolean isAwaited(String token) {
    return awaited(() -> stepFunctions.sendTaskHeartbeat(r -> r.taskToken(token)));
  }

  /** Reports success. The workflow does not need the reports, because they are in the store. */
  boolean succeed(String token) {
    return awaited(() -> stepFunctions.sendTaskSuccess(r -> r.taskToken(token).output("{}")));
  }

  boolean fail(String token, String error, String cause) {
    return awaited(
        () -> stepFunctions.sendTaskFailure(r -> r.taskToken(token).error(error).cause(cause)));
  }

  private static boolean awaited(Runnable call) {
    try {
      call.run();
      return true;
    } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
      return false;
    }
  }
}
