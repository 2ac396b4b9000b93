package org.touchstone.emulators.stepfunctions.execution;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.touchstone.emulators.stepfunctions.api.Arns;
import org.touchstone.emulators.stepfunctions.asl.State;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.integration.Integrations;
import org.touchstone.emulators.stepfunctions.integration.TaskCall;
import org.touchstone.emulators.stepfunctions.integration.TaskFailedException;
import org.touchstone.emulators.stepfunctions.integration.TaskResource;
import org.touchstone.emulators.stepfunctions.integration.TaskTokens;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.jsonata.Bindings;
import org.touchstone.emulators.stepfunctions.jsonata.Evaluation;
import org.touchstone.emulators.stepfunctions.jsonata.QueryEvaluationException;
import org.touchstone.emulators.stepfunctions.jsonata.Template;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;

/** Does one attempt at a Task: calls its integration and, if it has a token, waits for it. */
final class TaskRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  private final Expressions expressions;
  private final Integrations integrations;
  private final TaskTokens tokens;
  private final Timekeeper time;

  TaskRunner(
      Expressions expressions, Integrations integrations, TaskTokens tokens, Timekeeper time) {
    this.expressions = expressions;
    this.integrations = integrations;
    this.tokens = tokens;
    this.time = time;
  }

  /**
   * @param timeoutSeconds 0 for no limit
   * @param heartbeatSeconds 0 for no limit
   */
  private record Fields(Payload arguments, int timeoutSeconds, int heartbeatSeconds) {}

  Transition run(Visit visit, State.Task task) throws StateError {
    TaskResource resource =
        TaskResource.parse(task.resource())
            .orElseThrow(() -> new IllegalStateException("a checked definition names resources"));
    if (!resource.waitsForToken()) {
      return run(visit, task, resource, null);
    }
    try (TaskTokens.Waiting token = tokens.open(visit.line().context().id().executionArn())) {
      return run(visit, task, resource, token);
    }
  }

  private Transition run(
      Visit visit, State.Task task, TaskResource resource, TaskTokens.Waiting token)
      throws StateError {
    Bindings bindings = visit.bindings(token == null ? null : token.token());
    Fields fields = fields(visit, task, bindings);
    TaskEvents events = new TaskEvents(visit.line(), resource);
    events.scheduled(fields.arguments(), fields.timeoutSeconds(), fields.heartbeatSeconds());
    Payload result;
    try {
      result = attempt(visit, resource, token, fields, events);
    } catch (TaskFailedException e) {
      StateError error =
          StateError.HEARTBEAT_TIMEOUT.equals(e.error())
              ? StateError.missedHeartbeat()
              : new StateError(e.error(), e.getMessage());
      boolean timeout = StateError.TIMEOUT.equals(error.error());
      events.failed(timeout ? EventType.TASK_TIMED_OUT : EventType.TASK_FAILED, error);
      throw error;
    }
    if (result.exceedsLimit()) {
      StateError error =
          new StateError(
              StateError.DATA_LIMIT,
              "The state/task '"
                  + resource.service()
                  + "' returned a result with a size exceeding the maximum number of bytes"
                  + " service limit.");
      events.failed(EventType.TASK_FAILED, error);
      throw error;
    }
    events.output(EventType.TASK_SUCCEEDED, result);
    return expressions.leave(
        visit, task.effects(), bindings.withResult(result), result, task.next());
  }

  private Fields fields(Visit visit, State.Task task, Bindings bindings) throws StateError {
    Fields fields =
        expressions.evaluate(
            visit,
            bindings,
            evaluation ->
                new Fields(
                    task.arguments() == null
                        ? visit.input()
                        : Payload.of(evaluation.evaluate(task.arguments())),
                    seconds(evaluation, task.timeoutSeconds(), "TimeoutSeconds"),
                    seconds(evaluation, task.heartbeatSeconds(), "HeartbeatSeconds")));
    expressions.limited(visit, fields.arguments());
    return fields;
  }

  private static int seconds(Evaluation evaluation, Template template, String field)
      throws QueryEvaluationException {
    return Expressions.whole(evaluation, template, field, 1, 0);
  }

  private Payload attempt(
      Visit visit,
      TaskResource resource,
      TaskTokens.Waiting token,
      Fields fields,
      TaskEvents events)
      throws TaskFailedException {
    TaskCall call = call(visit, fields.arguments());
    events.started();
    CompletableFuture<Payload> called = new CompletableFuture<>();
    Timekeeper.Alarm timeout =
        fields.timeoutSeconds() == 0
            ? () -> {}
            : time.after(
                Duration.ofSeconds(fields.timeoutSeconds()),
                () -> {
                  fail(called, StateError.TIMEOUT);
                  if (token != null) {
                    fail(token.result(), StateError.TIMEOUT);
                  }
                });
    try {
      Payload answer = awaitCall(visit, resource, call, called);
      if (token == null) {
        return answer;
      }
      events.output(EventType.TASK_SUBMITTED, answer);
      return awaitToken(visit, token, fields.heartbeatSeconds());
    } finally {
      timeout.cancel();
    }
  }

  /**
   * Makes the call on a separate thread. A task that then waits no longer refers to that thread.
   */
  private Payload awaitCall(
      Visit visit, TaskResource resource, TaskCall call, CompletableFuture<Payload> called)
      throws TaskFailedException {
    Thread worker = Thread.ofVirtual().start(() -> work(resource, call, called));
    try {
      return await(visit, called);
    } finally {
      worker.interrupt();
    }
  }

  private static TaskCall call(Visit visit, Payload arguments) throws TaskFailedException {
    if (!(arguments.value() instanceof Map<?, ?> given)) {
      throw new TaskFailedException(
          StateError.RUNTIME, "The arguments of a task must be a JSON object");
    }
    Map<String, Object> byName = new LinkedHashMap<>();
    given.forEach((name, value) -> byName.put((String) name, value));
    var id = visit.line().context().id();
    return new TaskCall(byName, id.executionArn(), id.stateMachineArn());
  }

  private void work(TaskResource resource, TaskCall call, CompletableFuture<Payload> called) {
    try {
      called.complete(integrations.of(resource).call(call));
    } catch (TaskFailedException e) {
      called.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      LOG.error("A task of {} failed unexpectedly", call.executionArn(), e);
      called.completeExceptionally(
          new TaskFailedException("States.TaskFailed", "The task failed unexpectedly"));
    }
  }

  private Payload awaitToken(Visit visit, TaskTokens.Waiting token, int heartbeatSeconds)
      throws TaskFailedException {
    if (heartbeatSeconds == 0) {
      return await(visit, token.result());
    }
    try (Heartbeat heartbeat =
        new Heartbeat(
            time,
            Duration.ofSeconds(heartbeatSeconds),
            () -> fail(token.result(), StateError.HEARTBEAT_TIMEOUT))) {
      token.onHeartbeat(heartbeat::beat);
      return await(visit, token.result());
    }
  }

  private static void fail(CompletableFuture<Payload> future, String error) {
    future.completeExceptionally(new TaskFailedException(error, null));
  }

  private static Payload await(Visit visit, CompletableFuture<Payload> future)
      throws TaskFailedException {
    try {
      return visit.line().scope().await(future);
    } catch (CompletionException e) {
      if (e.getCause() instanceof TaskFailedException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Records the events of one attempt. */
  private record TaskEvents(Line line, TaskResource resource) {
    void scheduled(Payload arguments, int timeoutSeconds, int heartbeatSeconds) {
      Map<String, Object> details = named();
      details.put("region", Arns.REGION);
      details.put("parameters", arguments.json());
      if (timeoutSeconds > 0) {
        details.put("timeoutInSeconds", timeoutSeconds);
      }
      if (heartbeatSeconds > 0) {
        details.put("heartbeatInSeconds", heartbeatSeconds);
      }
      line.record(EventType.TASK_SCHEDULED, details);
    }

    void started() {
      line.record(EventType.TASK_STARTED, named());
    }

    void output(EventType type, Payload output) {
      Map<String, Object> details = named();
      details.put("output", output.json());
      details.put("outputDetails", Map.of("truncated", false));
      line.record(type, details);
    }

    void failed(EventType type, StateError error) {
      Map<String, Object> details = named();
      details.putAll(error.toJson("error", "cause"));
      line.record(type, details);
    }

    private Map<String, Object> named() {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("resourceType", resource.service());
      details.put("resource", resource.resource());
      return details;
    }
  }
}
