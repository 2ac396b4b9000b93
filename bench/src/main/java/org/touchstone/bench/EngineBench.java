package org.touchstone.bench;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.execution.ExecutionService;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions;
import org.touchstone.emulators.stepfunctions.server.StateMachineServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Measures the embedded Step Functions: the cost of a state transition, and executions per second
 * with 1, 100 and 1,000 in flight. Each execution calls a function that does nothing and makes a
 * choice. Baseline: one request over loopback by the AWS SDK's client.
 */
final class EngineBench {
  private static final int PASSES = 100;
  private static final int WARM_UP = 2_000;
  private static final int REQUESTS = 500;

  private static final String SHORT =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Call", "States": {
        "Call": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
          "Arguments": {"FunctionName": "nothing", "Payload": {"n": "{% $states.input.n %}"}},
          "Output": "{% $states.result.Payload %}", "Next": "Choose"},
        "Choose": {"Type": "Choice", "Choices": [
          {"Condition": "{% $states.input.n >= 0 %}", "Next": "Done"}], "Default": "Lost"},
        "Lost": {"Type": "Fail"},
        "Done": {"Type": "Succeed"}}}
      """;

  private final StateMachineServer server;
  private final AtomicReference<CountDownLatch> ended =
      new AtomicReference<>(new CountDownLatch(0));

  private EngineBench() {
    server =
        StateMachineServer.builder()
            .lambdaFunctions((name, payload) -> new LambdaFunctions.Result.Success(payload))
            .listener(
                change -> {
                  if (change.status() != ExecutionStatus.RUNNING) {
                    ended.get().countDown();
                  }
                })
            .start();
  }

  static void run() throws Exception {
    EngineBench bench = new EngineBench();
    try {
      bench.measure();
    } finally {
      bench.server.close();
    }
  }

  private void measure() throws Exception {
    String shortMachine = create("short", SHORT);
    String longMachine = create("long", chain());
    seconds(shortMachine, WARM_UP, 100);
    seconds(longMachine, WARM_UP / PASSES, 1);
    double request = requestSeconds();
    System.out.printf(Locale.ROOT, "request over loopback (baseline): %.3f ms%n", request * 1000);

    int runs = 50;
    double perTransition = seconds(longMachine, runs, 1) / (runs * (PASSES + 1.0));
    System.out.printf(
        Locale.ROOT,
        "state transition: %.3f ms = %.2f times the baseline%n",
        perTransition * 1000,
        perTransition / request);
    for (int inFlight : new int[] {1, 100, 1_000}) {
      int count = Math.max(1_000, 4 * inFlight);
      double seconds = seconds(shortMachine, count, inFlight);
      System.out.printf(
          Locale.ROOT,
          "%,d in flight: %,.0f executions per second, %.2f baselines each%n",
          inFlight,
          count / seconds,
          seconds / count / request);
    }
  }

  /** Runs {@code count} executions, {@code inFlight} at once; returns seconds. */
  private double seconds(String arn, int count, int inFlight) throws InterruptedException {
    ExecutionService executions = server.engine().executions();
    long start = System.nanoTime();
    for (int done = 0; done < count; done += inFlight) {
      int batch = Math.min(inFlight, count - done);
      CountDownLatch latch = new CountDownLatch(batch);
      ended.set(latch);
      for (int i = 0; i < batch; i++) {
        executions.start(arn, null, "{\"n\":" + i + "}");
      }
      latch.await();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private double requestSeconds() {
    AccessKey key = server.accessKeys().owner();
    try (SfnClient client =
        SfnClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.id(), key.secret())))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      IntStream.range(0, REQUESTS).forEach(i -> client.listStateMachines());
      long start = System.nanoTime();
      IntStream.range(0, REQUESTS).forEach(i -> client.listStateMachines());
      return (System.nanoTime() - start) / 1e9 / REQUESTS;
    }
  }

  private String create(String name, String definition) {
    return server
        .engine()
        .machines()
        .create(name, definition, "arn:aws:iam::000000000000:role/bench")
        .arn();
  }

  private static String chain() {
    StringBuilder states = new StringBuilder();
    for (int i = 0; i < PASSES; i++) {
      states.append(
          "\"P%d\": {\"Type\": \"Pass\", \"Output\": \"{%% $states.input %%}\", \"Next\": \"P%d\"},"
              .formatted(i, i + 1));
    }
    return "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"P0\", \"States\": {"
        + states
        + "\"P"
        + PASSES
        + "\": {\"Type\": \"Succeed\"}}}";
  }
}
