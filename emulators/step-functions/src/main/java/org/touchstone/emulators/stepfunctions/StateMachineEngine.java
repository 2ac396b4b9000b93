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
 * Step Functions within this process: standard workflows in JSONata. The package {@code server} has
 * the same behind the AWS protocol. Thread-safe.
 *
 * <p>With a data directory an engine takes up what the one before it left there, as soon as it is
 * opened: a running execution goes on from the state of its own it was in, with that state's input,
 * the variables and the retries used. What that state was doing, a task, a Map or a Parallel, is
 * done again from its beginning, so handlers must be idempotent; tokens of before no longer count.
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
   * Ends a waiting task well.
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
   * Says that a waiting task is being worked on.
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

  /** Stops. Running executions stay where they are; a data directory keeps them for later. */
  @Override
  public void close() {
    executions.close();
    time.close();
    evaluator.close();
    store.close();
  }

  /** What an engine needs. A Task can only name what has been given here. */
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

    /** Where machines and executions are kept; without one they live in memory. */
    public Builder dataDirectory(Path directory) {
      dataDirectory = directory;
      return this;
    }

    /** What the data directory survives; {@link Durability#PROCESS} unless said otherwise. */
    public Builder durability(Durability wanted) {
      durability = wanted;
      return this;
    }

    /** Serves {@code lambda:invoke}. */
    public Builder lambdaFunctions(LambdaFunctions functions) {
      integrations.put("lambda:invoke", new LambdaInvoke(functions));
      return this;
    }

    /** Serves {@code sqs:sendMessage}. The client stays the caller's to close. */
    public Builder sqs(SqsClient client) {
      integrations.put("sqs:sendMessage", new SqsSendMessage(client));
      return this;
    }

    /** Serves {@code events:putEvents}. */
    public Builder eventBus(EventBus bus) {
      integrations.put("events:putEvents", new EventsPutEvents(bus));
      return this;
    }

    /** Is told when executions start and end. */
    public Builder listener(ExecutionListener executionListener) {
      listener = executionListener;
      return this;
    }

    /** How long ended executions are kept; 90 days unless said otherwise, as in Step Functions. */
    public Builder retention(Duration age) {
      retention = age;
      return this;
    }

    /** The engine's sense of time; closing the engine closes it. */
    public Builder timekeeper(Timekeeper timekeeper) {
      time = timekeeper;
      return this;
    }

    /** Numbers evenly spread over 0 to 1, for the jitter of retries. */
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
     * Opens the engine and takes up what is in its data directory.
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
