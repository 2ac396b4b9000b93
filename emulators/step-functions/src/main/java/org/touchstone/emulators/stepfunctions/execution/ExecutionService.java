package org.touchstone.emulators.stepfunctions.execution;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.touchstone.emulators.stepfunctions.api.Arns;
import org.touchstone.emulators.stepfunctions.api.ErrorCode;
import org.touchstone.emulators.stepfunctions.api.ExecutionDescription;
import org.touchstone.emulators.stepfunctions.api.ExecutionId;
import org.touchstone.emulators.stepfunctions.api.ExecutionListener;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.api.ExecutionSummary;
import org.touchstone.emulators.stepfunctions.api.Page;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;
import org.touchstone.emulators.stepfunctions.asl.Definition;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.integration.Integrations;
import org.touchstone.emulators.stepfunctions.integration.TaskTokens;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.jsonata.Evaluator;
import org.touchstone.emulators.stepfunctions.machine.MachineRegistry;
import org.touchstone.emulators.stepfunctions.store.JournalRecord;
import org.touchstone.emulators.stepfunctions.store.ResumePoint;
import org.touchstone.emulators.stepfunctions.store.Store;
import org.touchstone.emulators.stepfunctions.store.StoredMachine;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;

/** Starts, stops and shows executions. Thread-safe. */
public final class ExecutionService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionService.class);
  private static final Duration TO_STOP = Duration.ofSeconds(10);

  private final Store store;
  private final MachineRegistry machines;
  private final Timekeeper time;
  private final Interpreter interpreter;
  private final ExecutionIndex index = new ExecutionIndex();
  private final HistoryReader histories;
  private final Settlement settlement;
  private final AtomicBoolean recording = new AtomicBoolean(true);

  /**
   * @param random numbers evenly distributed from 0 to 1, for jitter
   */
  public ExecutionService(
      Store store,
      MachineRegistry machines,
      Timekeeper time,
      Evaluator evaluator,
      Integrations integrations,
      TaskTokens tokens,
      ExecutionListener listener,
      Retention retention,
      DoubleSupplier random) {
    this.store = store;
    this.machines = machines;
    this.time = time;
    this.interpreter = new Interpreter(evaluator, integrations, tokens, time, random);
    this.histories = new HistoryReader(store);
    this.settlement = new Settlement(store, index, new Announcer(listener, time), time, retention);
  }

  /**
   * Resumes the executions that an earlier engine left in the store. Call it once, before anything
   * else.
   */
  public void open() {
    settlement.open();
    new Resumption(store, machines, index, settlement, this::newExecution, this::launch).run();
  }

  /**
   * Starts an execution. A repeated call with the same name and input returns the running one.
   *
   * @param name null for a generated name
   * @param input JSON
   * @throws StateMachineException InvalidArn, InvalidName, InvalidExecutionInput,
   *     StateMachineDoesNotExist, ExecutionAlreadyExists
   */
  public ExecutionSummary start(String stateMachineArn, String name, String input) {
    StoredMachine machine = machines.machine(stateMachineArn);
    String given = name == null ? UUID.randomUUID().toString() : name;
    Arns.requireName(given);
    Payload payload = input(input);
    Definition definition = machines.definition(machine.definitionId());
    Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
    Execution execution =
        newExecution(
            new ExecutionContext(
                new ExecutionId(machine.name(), given), machine.roleArn(), now, payload, 0),
            0,
            0);
    ExecutionIndex.Entry other = index.add(execution);
    if (other != null) {
      return existing(other, payload);
    }
    create(execution, machine);
    ResumePoint beginning =
        new ResumePoint(definition.graph().startAt(), payload, 0, null, List.of(), Map.of(), 0);
    settlement.announceStart(execution);
    launch(execution, definition, beginning);
    return new ExecutionSummary(execution.context().id(), ExecutionStatus.RUNNING, now, null);
  }

  private static Payload input(String input) {
    try {
      Payload payload = Payload.parse(input);
      if (!payload.exceedsLimit()) {
        return payload;
      }
    } catch (InvalidJsonException e) {
      throw new StateMachineException(
          ErrorCode.INVALID_EXECUTION_INPUT,
          "Invalid State Machine Execution Input: '" + e.getMessage() + "'");
    }
    throw new StateMachineException(
        ErrorCode.INVALID_EXECUTION_INPUT,
        "Invalid State Machine Execution Input: longer than " + Payload.MAX_BYTES + " bytes");
  }

  private static ExecutionSummary existing(ExecutionIndex.Entry other, Payload input) {
    if (other instanceof Execution running
        && running.isRunning()
        && Objects.equals(running.context().input().value(), input.value())) {
      try {
        // The start of the first one may not be recorded yet.
        running.created().join();
        return running.summary();
      } catch (CompletionException e) {
        throw new IllegalStateException("the execution could not be started", e);
      }
    }
    throw new StateMachineException(
        ErrorCode.EXECUTION_ALREADY_EXISTS,
        "Execution Already Exists: '" + other.summary().id().executionArn() + "'");
  }

  private void create(Execution execution, StoredMachine machine) {
    ExecutionContext context = execution.context();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("input", context.input().json());
    details.put("inputDetails", Map.of("truncated", false));
    details.put("roleArn", context.roleArn());
    try {
      execution
          .log()
          .append(
              0,
              EventType.EXECUTION_STARTED,
              details,
              event ->
                  new JournalRecord.Started(
                      context.roleArn(), context.startTime(), machine.definitionId(), event));
    } catch (RuntimeException e) {
      index.remove(execution);
      execution.created().completeExceptionally(e);
      throw e;
    }
    execution.created().complete(null);
  }

  private Execution newExecution(ExecutionContext context, long lastId, int redriveCount) {
    CancelScope scope = new CancelScope();
    HistoryLog log = new HistoryLog(context.id(), store, time, scope, lastId);
    return new Execution(context, log, scope, redriveCount);
  }

  private void launch(Execution execution, Definition definition, ResumePoint from) {
    execution.launch(interpreter, time, definition, from, settlement::announceEnd);
  }

  /**
   * @throws StateMachineException InvalidArn, ExecutionDoesNotExist
   */
  public ExecutionDescription describe(String executionArn) {
    return switch (entry(executionArn)) {
      case Execution execution -> execution.description();
      case ExecutionIndex.Entry settled -> SettledExecutions.describe(store, settled.summary());
    };
  }

  /**
   * Stops an execution; one that has already ended does not change.
   *
   * @param error may be null
   * @param cause may be null
   * @return when it ended
   * @throws StateMachineException InvalidArn, ExecutionDoesNotExist
   */
  public Instant stop(String executionArn, String error, String cause) {
    return switch (entry(executionArn)) {
      case Execution execution -> execution.stop(error, cause);
      case ExecutionIndex.Entry settled -> settled.summary().stopDate();
    };
  }

  /**
   * Lists the executions of a machine, latest first.
   *
   * @param status null for any
   * @param token from an earlier page; null for the first
   * @throws StateMachineException InvalidArn, StateMachineDoesNotExist, InvalidToken
   */
  public Page<ExecutionSummary> list(
      String stateMachineArn, ExecutionStatus status, int limit, String token) {
    StoredMachine machine = machines.machine(stateMachineArn);
    return index.page(
        machine.name(), summary -> status == null || summary.status() == status, limit, token);
  }

  /**
   * Returns a page of an execution's history.
   *
   * @throws StateMachineException InvalidArn, ExecutionDoesNotExist, InvalidToken
   */
  public Page<HistoryEvent> history(
      String executionArn, boolean latestFirst, int limit, String token) {
    return histories.page(entry(executionArn).summary().id(), latestFirst, limit, token);
  }

  /** Whether there is an execution with that ARN. */
  public boolean knows(String executionArn) {
    return index.get(Arns.executionId(executionArn)) != null;
  }

  private ExecutionIndex.Entry entry(String executionArn) {
    ExecutionIndex.Entry entry = index.get(Arns.executionId(executionArn));
    if (entry == null) {
      throw new StateMachineException(
          ErrorCode.EXECUTION_DOES_NOT_EXIST, "Execution Does Not Exist: '" + executionArn + "'");
    }
    return entry;
  }

  /**
   * Leaves running executions where they are. Waits a short time for what they do; a step that does
   * not stop counts as one that hung the process.
   */
  @Override
  public void close() {
    // On a thread of its own, because a step may also hang while it holds what is needed here.
    Thread closing = Thread.ofPlatform().daemon().name("executions-close").start(this::leaveAll);
    try {
      if (!closing.join(TO_STOP)) {
        LOG.error("Some executions do not stop; the engine is closed without them");
        closing.interrupt();
      }
    } catch (InterruptedException e) {
      closing.interrupt();
      Thread.currentThread().interrupt();
    } finally {
      recording.set(false);
    }
  }

  private void leaveAll() {
    settlement.close();
    List<Execution> running =
        index.all().stream()
            .filter(Execution.class::isInstance)
            .map(Execution.class::cast)
            .toList();
    // Each is recorded when it has stopped: one that hangs delays no other's record.
    CompletableFuture<?>[] left =
        running.stream()
            .map(execution -> execution.ended().handle((end, closed) -> left(execution)))
            .toArray(CompletableFuture[]::new);
    running.forEach(Execution::suspend);
    try {
      CompletableFuture.allOf(left).get();
    } catch (InterruptedException | ExecutionException e) {
      LOG.debug("The engine is closed without executions that do not stop", e);
    }
  }

  private Void left(Execution execution) {
    // Later the store may be another engine's.
    if (recording.get()) {
      try {
        execution.log().suspended();
      } catch (UncheckedIOException e) {
        LOG.warn("The stop of {} was not recorded", execution.context().id(), e);
      }
    }
    return null;
  }
}
