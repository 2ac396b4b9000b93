package org.touchstone.emulators.stepfunctions.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.touchstone.emulators.stepfunctions.api.ExecutionDescription;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.api.ExecutionSummary;
import org.touchstone.emulators.stepfunctions.asl.Definition;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.store.ResumePoint;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;

/** An execution that runs, or has ended and is being announced. Only its own thread ends it. */
final class Execution implements ExecutionIndex.Entry {
  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  private final ExecutionContext context;
  private final HistoryLog log;
  private final CancelScope scope;
  private final int redriveCount;
  private final CompletableFuture<Void> created = new CompletableFuture<>();
  private final CompletableFuture<End> ended = new CompletableFuture<>();
  private volatile StateError stopError = new StateError(null, null);
  private volatile CompletableFuture<Void> announced = CompletableFuture.completedFuture(null);

  /**
   * The end of an execution.
   *
   * @param output null unless it succeeded
   */
  private record End(
      ExecutionStatus status, Instant stopDate, Payload output, String error, String cause) {}

  Execution(ExecutionContext context, HistoryLog log, CancelScope scope, int redriveCount) {
    this.context = context;
    this.log = log;
    this.scope = scope;
    this.redriveCount = redriveCount;
  }

  ExecutionContext context() {
    return context;
  }

  HistoryLog log() {
    return log;
  }

  /** Completes when the listener was notified of the start, or will not be. */
  CompletableFuture<Void> announced() {
    return announced;
  }

  void announced(CompletableFuture<Void> telling) {
    announced = telling;
  }

  /** Completes when its start is recorded, or could not be. */
  CompletableFuture<Void> created() {
    return created;
  }

  /**
   * Runs it to its end on its own thread.
   *
   * @param onEnd is called when it has ended, but not when the engine was closed before
   */
  void launch(
      Interpreter interpreter,
      Timekeeper time,
      Definition definition,
      ResumePoint from,
      Consumer<Execution> onEnd) {
    Thread.ofVirtual()
        .name(context.id().name())
        .start(
            () -> {
              Timekeeper.Alarm limit = limit(time, definition.timeoutSeconds());
              try {
                run(interpreter, definition, from);
              } catch (CancelledException engineClosed) {
                ended.completeExceptionally(engineClosed);
                return;
              } finally {
                limit.cancel();
              }
              onEnd.accept(this);
            });
  }

  private Timekeeper.Alarm limit(Timekeeper time, Integer timeoutSeconds) {
    if (timeoutSeconds == null) {
      return () -> {};
    }
    Instant until = context.startTime().plusSeconds(timeoutSeconds);
    return time.after(
        Duration.between(time.instant(), until), () -> scope.cancel(CancelReason.TIMED_OUT));
  }

  private void run(Interpreter interpreter, Definition definition, ResumePoint from) {
    try {
      runToEnd(interpreter, definition, from);
    } catch (CancelledException engineClosed) {
      throw engineClosed;
    } catch (RuntimeException | Error e) {
      LOG.error("The execution {} cannot continue", context.id(), e);
      failHard(new StateError(StateError.RUNTIME, "The engine cannot continue the execution."));
    }
  }

  private void runToEnd(Interpreter interpreter, Definition definition, ResumePoint from) {
    try {
      Line line = Line.top(context, log, scope, from.variables(), from.previousId());
      succeed(interpreter.run(line, definition.graph(), from));
    } catch (StateError e) {
      fail(e);
    } catch (CancelledException e) {
      switch (e.reason()) {
        case STOPPED -> abort();
        case TIMED_OUT -> timeOut();
        case HISTORY_FULL ->
            fail(
                new StateError(
                    StateError.RUNTIME,
                    "The execution reached the maximum number of history events ("
                        + HistoryLog.MAX_EVENTS
                        + ")."));
        default -> throw e;
      }
    }
  }

  private void succeed(Payload output) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("output", output.json());
    details.put("outputDetails", Map.of("truncated", false));
    HistoryEvent event = log.end(EventType.EXECUTION_SUCCEEDED, details, ExecutionStatus.SUCCEEDED);
    end(ExecutionStatus.SUCCEEDED, event.timestamp(), output, null);
  }

  /** Ends it as failed; only for an execution that certainly has no thread. */
  void fail(StateError error) {
    HistoryEvent event =
        log.end(EventType.EXECUTION_FAILED, error.toJson("error", "cause"), ExecutionStatus.FAILED);
    end(ExecutionStatus.FAILED, event.timestamp(), null, error);
  }

  /** Ends it as failed even when the end can no longer be recorded. */
  private void failHard(StateError error) {
    try {
      fail(error);
    } catch (CancelledException closed) {
      throw closed;
    } catch (RuntimeException e) {
      LOG.error("The end of {} cannot be recorded", context.id(), e);
      end(ExecutionStatus.FAILED, log.now(), null, error);
    }
  }

  private void abort() {
    StateError error = stopError;
    HistoryEvent event =
        log.end(
            EventType.EXECUTION_ABORTED, error.toJson("error", "cause"), ExecutionStatus.ABORTED);
    end(ExecutionStatus.ABORTED, event.timestamp(), null, error);
  }

  private void timeOut() {
    HistoryEvent event =
        log.end(
            EventType.EXECUTION_TIMED_OUT,
            Map.of("error", StateError.TIMEOUT),
            ExecutionStatus.TIMED_OUT);
    end(ExecutionStatus.TIMED_OUT, event.timestamp(), null, null);
  }

  private void end(ExecutionStatus status, Instant stopDate, Payload output, StateError error) {
    ended.complete(
        new End(
            status,
            stopDate,
            output,
            error == null ? null : error.error(),
            error == null ? null : error.reason()));
  }

  /** Stops it and waits until it has ended; no effect when it already has. */
  Instant stop(String error, String cause) {
    if (scope.reason() == null) {
      stopError = new StateError(error, cause);
    }
    scope.cancel(CancelReason.STOPPED);
    try {
      return ended.join().stopDate();
    } catch (CompletionException e) {
      throw new IllegalStateException("the engine is closed", e);
    }
  }

  /** Restores the end that it reached before a restart. */
  void restoreEnd(ExecutionDescription past) throws InvalidJsonException {
    ended.complete(
        new End(
            past.status(),
            past.stopDate(),
            past.output() == null ? null : Payload.parse(past.output()),
            past.error(),
            past.cause()));
  }

  /** Stops it where it is, to be resumed later. */
  void suspend() {
    log.close();
    scope.cancel(CancelReason.ENGINE_CLOSED);
  }

  /** Completes with its end, or exceptionally when the engine closed before. */
  CompletableFuture<?> ended() {
    return ended;
  }

  boolean isRunning() {
    return end() == null;
  }

  private End end() {
    return ended.isDone() && !ended.isCompletedExceptionally() ? ended.join() : null;
  }

  /** Its current description. */
  ExecutionDescription description() {
    return description(end());
  }

  /** Its description at the start. */
  ExecutionDescription startDescription() {
    return description(null);
  }

  private ExecutionDescription description(End end) {
    boolean running = end == null;
    return new ExecutionDescription(
        context.id(),
        running ? ExecutionStatus.RUNNING : end.status(),
        context.startTime(),
        running ? null : end.stopDate(),
        context.input().json(),
        running || end.output() == null ? null : end.output().json(),
        running ? null : end.error(),
        running ? null : end.cause(),
        redriveCount);
  }

  @Override
  public ExecutionSummary summary() {
    End end = end();
    return new ExecutionSummary(
        context.id(),
        end == null ? ExecutionStatus.RUNNING : end.status(),
        context.startTime(),
        end == null ? null : end.stopDate());
  }
}
