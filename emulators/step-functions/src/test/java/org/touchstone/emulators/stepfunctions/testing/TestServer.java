package org.touchstone.emulators.stepfunctions.testing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.stepfunctions.api.ExecutionListener;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatusChange;
import org.touchstone.emulators.stepfunctions.integration.EventBus;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions;
import org.touchstone.emulators.stepfunctions.integration.TaskFailedException;
import org.touchstone.emulators.stepfunctions.server.StateMachineServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** A server with scripted functions and a recording event bus, and the SDK's client for it. */
public final class TestServer implements AutoCloseable, LambdaFunctions, EventBus {
  /** The key of the server's owner. */
  public static final AccessKey KEY = new AccessKey("test", "test");

  private static final String ROLE = "arn:aws:iam::000000000000:role/test";

  private final Map<String, Function> functions = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();
  private final List<ExecutionStatusChange> changes = new CopyOnWriteArrayList<>();
  private final List<Entry> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger machines = new AtomicInteger();
  private final StateMachineServer server;
  private final SfnClient sfn;
  private volatile java.util.function.Function<Entry, EventBus.Result> bus =
      entry -> EventBus.Result.taken("event-1");

  /** A scripted function. */
  @FunctionalInterface
  public interface Function {
    Reply answer(String payload) throws TaskFailedException, InterruptedException;
  }

  private TestServer(
      Consumer<StateMachineServer.Builder> setup,
      ExecutionListener extra,
      Map<String, Function> given) {
    functions.putAll(given);
    StateMachineServer.Builder builder =
        StateMachineServer.builder()
            .accessKeys(AccessKeys.of(KEY))
            .lambdaFunctions(this)
            .eventBus(this)
            .listener(
                change -> {
                  changes.add(change);
                  extra.statusChanged(change);
                  if (change.status() != ExecutionStatus.RUNNING) {
                    end(change.executionArn()).complete(null);
                  }
                });
    setup.accept(builder);
    server = builder.start();
    sfn = client(server.endpoint());
  }

  public static TestServer start() {
    return start(builder -> {});
  }

  public static TestServer start(Consumer<StateMachineServer.Builder> setup) {
    return start(setup, Map.of());
  }

  /** Starts a server with an additional listener. */
  public static TestServer start(
      Consumer<StateMachineServer.Builder> setup, ExecutionListener listener) {
    return new TestServer(setup, listener, Map.of());
  }

  /** Starts a server with functions that resumed executions can call at once. */
  public static TestServer start(
      Consumer<StateMachineServer.Builder> setup, Map<String, Function> functions) {
    return new TestServer(setup, change -> {}, functions);
  }

  private static SfnClient client(URI endpoint) {
    return client(endpoint, KEY);
  }

  /** A client for the holder of a key; the caller closes it. */
  public static SfnClient client(URI endpoint, AccessKey key) {
    return SfnClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  public SfnClient sfn() {
    return sfn;
  }

  public URI endpoint() {
    return server.endpoint();
  }

  public StateMachineServer server() {
    return server;
  }

  public TestServer function(String name, Function function) {
    functions.put(name, function);
    return this;
  }

  public TestServer bus(java.util.function.Function<Entry, EventBus.Result> taker) {
    bus = taker;
    return this;
  }

  /** Every event put on the bus. */
  public List<Entry> events() {
    return events;
  }

  /** All changes that the listener was notified of. */
  public List<ExecutionStatusChange> changes() {
    return changes;
  }

  /** Creates a machine of JSONata states, given as JSON, and returns its ARN. */
  public String machine(String startAt, String states) {
    return machine(definition(startAt, states));
  }

  public String machine(String definition) {
    String name = "machine-" + machines.incrementAndGet();
    return sfn.createStateMachine(r -> r.name(name).definition(definition).roleArn(ROLE))
        .stateMachineArn();
  }

  public static String definition(String startAt, String states) {
    return "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\""
        + startAt
        + "\",\"States\":{"
        + states
        + "}}";
  }

  public String startExecution(String machineArn, String input) {
    return sfn.startExecution(r -> r.stateMachineArn(machineArn).input(input)).executionArn();
  }

  /** Runs a new machine to its end. */
  public DescribeExecutionResponse run(String startAt, String states, String input) {
    return await(startExecution(machine(startAt, states), input));
  }

  /** Waits for an execution's end. */
  public DescribeExecutionResponse await(String executionArn) {
    try {
      end(executionArn).get(90, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(
          "no end of " + sfn.describeExecution(r -> r.executionArn(executionArn)), e);
    }
    return sfn.describeExecution(r -> r.executionArn(executionArn));
  }

  /** Waits until an execution's history holds at least {@code count} events of a type. */
  public void awaitEvents(String executionArn, String type, int count) {
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < patience) {
      if (eventTypes(executionArn).stream().filter(type::equals).count() >= count) {
        return;
      }
    }
    throw new AssertionError("no " + count + " of " + type + ": " + eventTypes(executionArn));
  }

  private CompletableFuture<Void> end(String executionArn) {
    return ends.computeIfAbsent(executionArn, arn -> new CompletableFuture<>());
  }

  public List<HistoryEvent> history(String executionArn) {
    List<HistoryEvent> all = new ArrayList<>();
    sfn.getExecutionHistoryPaginator(r -> r.executionArn(executionArn)).events().forEach(all::add);
    return all;
  }

  public List<String> eventTypes(String executionArn) {
    return history(executionArn).stream().map(HistoryEvent::typeAsString).toList();
  }

  @Override
  public LambdaFunctions.Result invoke(String functionName, String payload)
      throws TaskFailedException {
    Function function = functions.get(functionName);
    if (function == null) {
      throw new TaskFailedException("Lambda.ResourceNotFoundException", "no such function");
    }
    try {
      return switch (function.answer(payload)) {
        case Answer answer -> new LambdaFunctions.Result.Success(answer.json());
        case Failure failure ->
            new LambdaFunctions.Result.FunctionError(failure.type(), failure.message());
      };
    } catch (InterruptedException e) {
      throw new TaskFailedException("Lambda.Unknown", "interrupted");
    }
  }

  /** The reply of a scripted function. */
  public sealed interface Reply {}

  /** It returns. */
  public record Answer(String json) implements Reply {}

  /** It throws. */
  public record Failure(String type, String message) implements Reply {}

  @Override
  public List<EventBus.Result> putEvents(List<Entry> entries) {
    events.addAll(entries);
    return entries.stream().map(bus).toList();
  }

  @Override
  public void close() {
    sfn.close();
    server.close();
  }
}
