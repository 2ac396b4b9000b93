package org.touchstone.emulators.stepfunctions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.touchstone.emulators.stepfunctions.api.ExecutionListener;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;
import org.touchstone.emulators.stepfunctions.execution.ExecutionService;
import org.touchstone.emulators.stepfunctions.execution.Retention;
import org.touchstone.emulators.stepfunctions.integration.EventBus;
import org.touchstone.emulators.stepfunctions.integration.EventsPutEvents;
import org.touchstone.emulators.stepfunctions.integration.Integrations;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions;
import org.touchstone.emulators.stepfunctions.integration.LambdaInvoke;
import org.touchstone.emulators.stepfunctions.integration.SqsSendMessage;
import org.touchstone.emulators.stepfunctions.integration.TaskIntegration;
import org.touchstone.emulators.stepfunctions.integration.TaskTokens;
import org.touchstone.emulators.stepfunctions.jsonata.Evaluator;
import org.touchstone.emulators.stepfunctions.machine.MachineRegistry;
import org.touchstone.emulators.stepfunctions.store.DirectoryStore;
import org.touchstone.emulators.stepfunctions.store.Durability;
import org.touchstone.emulators.stepfunctions.store.MemoryStore;
import org.touchstone.emulators.stepfunctions.store.Store;
import org.touchstone.emulators.stepfunctions.time.SystemTimekeeper;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Step Functions within this process: standard workflows in JSONata. The package {@code server}
 * serves them with the AWS protocol. Thread-safe.
 *
 * <p>An engine with a data directory resumes the previous engine's executions as soon as it is
 * opened. A running execution continues from its current top-level state, with that state's input,
 * the variables and the retries used. The work of that state (a task, a Map or a Parallel) starts
 * again from its beginning, so handlers must be idempotent. Task tokens from before the restart are
 * no longer valid.
 */
public final class StateMachineEngine implements AutoCloseable {
  private final Store store;
  private final Timekeeper time;
  private final Evaluator evaluator;
  private final TaskTokens tokens = new TaskTokens();
  private final MachineRegistry machines;
  private final ExecutionService executions;

  private StateMachineEngine(Builder builder, Store store) {
    this.store = store;
    time = builder.time == null ? new SystemTimekeeper() : builder.time;
    evaluator = new Evaluator(time);
    Integrations integrations = new Integrations(builder.integrations);
    machines = new MachineRegistry(store, integrations, time);
    executions =
        new ExecutionService(
            store,
            machines,
            time,
            evaluator,
            integrations,
            tokens,
            builder.listener,
            new Retention(builder.retention, builder.maxEnded()),
            builder.random);
    executions.open();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The state machines. */
  public MachineRegistry machines() {
    return machines;
  }

  /** The executions. */
  public ExecutionService executions() {
    return executions;
  }

  /**
   * Ends a waiting task successfully.
   *
   * @param output the task's result, as JSON
   * @throws StateMachineException InvalidToken, InvalidOutput, TaskDoesNotExist, TaskTimedOut
   */
  public void sendTaskSuccess(String taskToken, String output) {
    tokens.succeed(taskToken, output, this::knows);
  }

  /**
   * Ends a waiting task with an error.
   *
   * @param error the error's name; may be null
   * @param cause may be null
   * @throws StateMachineException InvalidToken, TaskDoesNotExist, TaskTimedOut
   */
  public void sendTaskFailure(String taskToken, String error, String cause) {
    tokens.fail(taskToken, error, cause, this::knows);
  }

  /**
   * Reports that a waiting task is still being worked on.
   *
   * @throws StateMachineException InvalidToken, TaskDoesNotExist, TaskTimedOut
   */
  public void sendTaskHeartbeat(String taskToken) {
    tokens.heartbeat(taskToken, this::knows);
  }

  private boolean knows(String executionArn) {
    try {
      return executions.knows(executionArn);
    } catch (StateMachineException foreignArn) {
      return false;
    }
  }

  /**
   * Stops the engine. Running executions stay where they are; a data directory keeps them for
   * later.
   */
  @Override
  public void close() {
    executions.close();
    time.close();
    evaluator.close();
    store.close();
  }

  /** Collects the parts of an engine. A Task can only name an integration that is set here. */
  public static final class Builder {
    private static final Duration STEP_FUNCTIONS_RETENTION = Duration.ofDays(90);
    private static final int MAX_ENDED_IN_MEMORY = 10_000;

    private final Map<String, TaskIntegration> integrations = new HashMap<>();
    private Path dataDirectory;
    private Durability durability = Durability.PROCESS;
    private ExecutionListener listener;
    private Duration retention = STEP_FUNCTIONS_RETENTION;
    private Timekeeper time;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    private Builder() {}

    /** The directory of machines and executions; without one they live in memory. */
    public Builder dataDirectory(Path directory) {
      dataDirectory = directory;
      return this;
    }

    /** The failures that the data directory survives; {@link Durability#PROCESS} by default. */
    public Builder durability(Durability wanted) {
      durability = wanted;
      return this;
    }

    /** Serves {@code lambda:invoke}. */
    public Builder lambdaFunctions(LambdaFunctions functions) {
      integrations.put("lambda:invoke", new LambdaInvoke(functions));
      return this;
    }

    /** Serves {@code sqs:sendMessage}. The caller closes the client. */
    public Builder sqs(SqsClient client) {
      integrations.put("sqs:sendMessage", new SqsSendMessage(client));
      return this;
    }

    /** Serves {@code events:putEvents}. */
    public Builder eventBus(EventBus bus) {
      integrations.put("events:putEvents", new EventsPutEvents(bus));
      return this;
    }

    /** The listener for starts and ends of executions. */
    public Builder listener(ExecutionListener executionListener) {
      listener = executionListener;
      return this;
    }

    /** How long ended executions are kept; 90 days by default, as in Step Functions. */
    public Builder retention(Duration age) {
      retention = age;
      return this;
    }

    /** The engine's clock and timer; closing the engine closes it. */
    public Builder timekeeper(Timekeeper timekeeper) {
      time = timekeeper;
      return this;
    }

    /** Random numbers, evenly distributed from 0 to 1, for the jitter of retries. */
    public Builder random(DoubleSupplier numbers) {
      random = numbers;
      return this;
    }

    private Store openStore() {
      if (dataDirectory == null) {
        return new MemoryStore();
      }
      try {
        return DirectoryStore.open(dataDirectory, durability);
      } catch (IOException e) {
        throw new UncheckedIOException("the data directory cannot be opened", e);
      }
    }

    private int maxEnded() {
      return dataDirectory == null ? MAX_ENDED_IN_MEMORY : Integer.MAX_VALUE;
    }

    /**
     * Opens the engine and resumes the executions in its data directory.
     *
     * @throws UncheckedIOException when the directory cannot be used or another engine uses it
     */
    public StateMachineEngine open() {
      Store store = openStore();
      try {
        return new StateMachineEngine(this, store);
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    }
  }
}
