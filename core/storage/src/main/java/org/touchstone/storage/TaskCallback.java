package org.touchstone.storage;

import java.util.Objects;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/**
 * Reports to the workflow task that waits for a task token. Every call returns whether the task
 * still waits: a task that ended, timed out or was stopped needs nothing more. Faults of the
 * service are thrown as {@link software.amazon.awssdk.core.exception.SdkException} or {@link
 * java.io.UncheckedIOException}.
 */
public final class TaskCallback {
  private final SfnClient stepFunctions;

  public TaskCallback(SfnClient stepFunctions) {
    this.stepFunctions = Objects.requireNonNull(stepFunctions, "stepFunctions");
  }

  /** Says that the work goes on. */
  public boolean heartbeat(String taskToken) {
    return awaited(() -> stepFunctions.sendTaskHeartbeat(r -> r.taskToken(taskToken)));
  }

  /** Reports success. The workflow does not need the reports, because they are in the store. */
  public boolean succeed(String taskToken) {
    return awaited(() -> stepFunctions.sendTaskSuccess(r -> r.taskToken(taskToken).output("{}")));
  }

  /** Reports that there will be no reports. */
  public boolean fail(String taskToken, String error, String cause) {
    return awaited(
        () -> stepFunctions.sendTaskFailure(r -> r.taskToken(taskToken).error(error).cause(cause)));
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
