package org.touchstone.emulators.stepfunctions.integration;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.touchstone.emulators.stepfunctions.api.ErrorCode;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.Payload;

/** The tasks that wait for their token to come back. */
public final class TaskTokens {
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /** One waiting task. Close it when it no longer waits, for whatever reason. */
  public final class Waiting implements AutoCloseable {
    private final String token;
    private final CompletableFuture<Payload> result = new CompletableFuture<>();
    private volatile Runnable onHeartbeat = () -> {};

    private Waiting(String token) {
      this.token = token;
    }

    public String token() {
      return token;
    }

    /** The task's result; completes with a {@link TaskFailedException} on failure. */
    public CompletableFuture<Payload> result() {
      return result;
    }

    public void onHeartbeat(Runnable action) {
      onHeartbeat = action;
    }

    @Override
    public void close() {
      waiting.remove(token);
    }
  }

  /** Creates a token for a task of an execution. */
  public Waiting open(String executionArn) {
    Waiting task = new Waiting(TaskToken.create(executionArn, random));
    waiting.put(task.token, task);
    return task;
  }

  /** The ARN of the execution whose task a token is for; empty when the text is not a token. */
  public static Optional<String> executionArn(String token) {
    return TaskToken.executionArn(token);
  }

  /**
   * Ends a task successfully.
   *
   * @param output its result, as JSON
   * @param executions whether the engine knows an execution, by its ARN
   * @throws StateMachineException InvalidOutput, InvalidToken, TaskDoesNotExist, TaskTimedOut
   */
  public void succeed(String token, String output, Predicate<String> executions) {
    Payload payload;
    try {
      payload = Payload.parse(output);
    } catch (InvalidJsonException e) {
      throw new StateMachineException(
          ErrorCode.INVALID_OUTPUT, "Invalid output: " + e.getMessage());
    }
    if (payload.exceedsLimit()) {
      throw new StateMachineException(
          ErrorCode.VALIDATION, "The output is longer than " + Payload.MAX_BYTES + " bytes");
    }
    take(token, executions).result.complete(payload);
  }

  /**
   * Ends a task with an error.
   *
   * @param cause may be null
   * @throws StateMachineException InvalidToken, TaskDoesNotExist, TaskTimedOut
   */
  public void fail(String token, String error, String cause, Predicate<String> executions) {
    take(token, executions).result.completeExceptionally(new TaskFailedException(error, cause));
  }

  /**
   * Records that a task is alive.
   *
   * @throws StateMachineException InvalidToken, TaskDoesNotExist, TaskTimedOut
   */
  public void heartbeat(String token, Predicate<String> executions) {
    Waiting task = waiting.get(token);
    if (task == null) {
      throw unknown(token, executions);
    }
    task.onHeartbeat.run();
  }

  private Waiting take(String token, Predicate<String> executions) {
    Waiting task = waiting.remove(token);
    if (task == null) {
      throw unknown(token, executions);
    }
    return task;
  }

  private static StateMachineException unknown(String token, Predicate<String> executions) {
    return TaskToken.executionArn(token)
        .map(
            execution ->
                executions.test(execution)
                    ? new StateMachineException(
                        ErrorCode.TASK_TIMED_OUT,
                        "Task Timed Out: 'Provided task does not exist anymore'")
                    : new StateMachineException(
                        ErrorCode.TASK_DOES_NOT_EXIST,
                        "Task does not exist: its execution is not known"))
        .orElseGet(
            () ->
                new StateMachineException(
                    ErrorCode.INVALID_TOKEN, "Invalid token: 'Invalid token'"));
  }
}
