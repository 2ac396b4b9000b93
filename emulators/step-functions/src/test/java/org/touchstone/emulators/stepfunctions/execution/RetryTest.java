package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.FAILED;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.SUCCEEDED;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.stepfunctions.integration.TaskFailedException;
import org.touchstone.emulators.stepfunctions.testing.ManualTime;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

class RetryTest {
  private static final String OK = "none";

  private final ManualTime time = new ManualTime();
  private final AtomicInteger calls = new AtomicInteger();
  private final Deque<String> errors = new ConcurrentLinkedDeque<>();
  private double random = 0.5;
  private final TestServer server =
      TestServer.start(builder -> builder.timekeeper(time).random(() -> random))
          .function("work", this::work);

  private TestServer.Reply work(String payload) throws TaskFailedException {
    calls.incrementAndGet();
    String error = errors.poll();
    if (error == null || error.equals(OK)) {
      return new TestServer.Answer("\"done\"");
    }
    if (error.startsWith("Lambda.")) {
      throw new TaskFailedException(error, null);
    }
    return new TestServer.Failure(error, "again");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void waitsLongerBeforeEachRetry() {
    fail("E", "E", "E");
    String execution = start("{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":2,\"BackoffRate\":3}");

    pass(2, 6, 18);

    assertThat(server.await(execution).output()).isEqualTo("\"done\"");
    assertThat(calls).hasValue(4);
    assertThat(server.eventTypes(execution))
        .filteredOn(type -> type.equals("TaskFailed"))
        .hasSize(3);
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    fail("E", "E", "E", "E");
    String execution = start("{\"ErrorEquals\":[\"E\"],\"BackoffRate\":1,\"MaxAttempts\":2}");

    pass(1, 1);

    DescribeExecutionResponse ended = server.await(execution);
    assertThat(ended.status()).isEqualTo(FAILED);
    assertThat(ended.error()).isEqualTo("E");
    assertThat(calls).hasValue(3);
  }

  @Test
  void neverWaitsLongerThanTheLongestDelay() {
    fail("E", "E", "E");
    String execution =
        start(
            "{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":4,\"BackoffRate\":10,"
                + "\"MaxDelaySeconds\":30}");

    pass(4, 30, 30);

    assertThat(server.await(execution).status()).isEqualTo(SUCCEEDED);
  }

  @Test
  void fullJitterDrawsTheDelayBetweenNoneAndAllOfIt() {
    fail("E", "E");
    random = 0.25;
    String execution =
        start("{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":8,\"JitterStrategy\":\"FULL\"}");

    pass(2, 4);

    assertThat(server.await(execution).status()).isEqualTo(SUCCEEDED);
  }

  @Test
  void zeroAttemptsShieldAnErrorFromLaterRetriers() {
    fail("Fatal");
    String execution =
        start("{\"ErrorEquals\":[\"Fatal\"],\"MaxAttempts\":0},{\"ErrorEquals\":[\"States.ALL\"]}");

    assertThat(server.await(execution).error()).isEqualTo("Fatal");
    assertThat(calls).hasValue(1);
  }

  @Test
  void eachRetrierCountsItsOwnAttempts() {
    fail("A", "B", "C", "B");
    String execution =
        start(
            "{\"ErrorEquals\":[\"A\",\"B\"],\"IntervalSeconds\":1,\"MaxAttempts\":2},"
                + "{\"ErrorEquals\":[\"C\"],\"IntervalSeconds\":5}");

    pass(1, 2, 5);

    assertThat(server.await(execution).error()).isEqualTo("B");
    assertThat(calls).hasValue(4);
  }

  @Test
  void attemptsCountAnewOnEachVisit() {
    fail("E", "E", OK, "E", "E", OK);
    String machine =
        server.machine(
            "Set",
            """
            "Set":{"Type":"Pass","Assign":{"visits":0},"Next":"T"},
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Arguments":{"FunctionName":"work"},"Assign":{"visits":"{% $visits + 1 %}"},
              "Retry":[{"ErrorEquals":["E"],"BackoffRate":1,"MaxAttempts":2}],"Next":"Again"},
            "Again":{"Type":"Choice","Choices":[{"Condition":"{% $visits < 2 %}","Next":"T"}],
              "Default":"End"},
            "End":{"Type":"Succeed","Output":"{% $visits %}"}
            """);
    String execution = server.startExecution(machine, "{}");

    pass(1, 1, 1, 1);

    assertThat(server.await(execution).output()).isEqualTo("2");
    assertThat(calls).hasValue(6);
  }

  @Test
  void theContextObjectCountsRetries() {
    fail("E", "E");
    String machine =
        server.machine(
            "T",
            """
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Arguments":{"FunctionName":"work"},"Retry":[{"ErrorEquals":["E"],"BackoffRate":1}],
              "Output":"{% $states.context.State.RetryCount %}","End":true}
            """);
    String execution = server.startExecution(machine, "{}");

    pass(1, 1);

    assertThat(server.await(execution).output()).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource({
    "States.ALL, MyError",
    "States.ALL, Lambda.TooManyRequestsException",
    "States.TaskFailed, MyError",
    "States.TaskFailed, Lambda.ServiceException",
    "MyError, MyError",
  })
  void retriesTheErrorsANameStandsFor(String name, String thrown) {
    fail(thrown);
    String execution = start("{\"ErrorEquals\":[\"" + name + "\"]}");

    pass(1);

    assertThat(server.await(execution).status()).isEqualTo(SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"myerror", "MyErro", "MyError2", "States.Timeout"})
  void retriesNoOtherErrors(String name) {
    fail("MyError");

    assertThat(server.await(start("{\"ErrorEquals\":[\"" + name + "\"]}")).error())
        .isEqualTo("MyError");
  }

  @Test
  void retriesAWholeParallelAndAWholeMap() {
    fail("E", OK, "E", OK);
    String task = task("\"Comment\":\"inner\"", "\"End\":true");
    String machine =
        server.machine(
            "P",
            "\"P\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"A\",\"States\":{\"A\":"
                + task
                + "}}],\"Retry\":[{\"ErrorEquals\":[\"States.BranchFailed\"]}],\"Next\":\"M\"},"
                + "\"M\":{\"Type\":\"Map\",\"Items\":[1],\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":"
                + task
                + "}},\"Retry\":[{\"ErrorEquals\":[\"E\"]}],\"End\":true}");
    String execution = server.startExecution(machine, "{}");

    pass(1, 1);

    assertThat(server.await(execution).status()).isEqualTo(SUCCEEDED);
    assertThat(server.eventTypes(execution))
        .containsSubsequence(
            "ParallelStateStarted",
            "ParallelStateStarted",
            "ParallelStateSucceeded",
            "MapStateStarted",
            "MapIterationFailed",
            "MapStateStarted",
            "MapIterationSucceeded",
            "MapStateSucceeded");
  }

  private void fail(String... names) {
    errors.addAll(List.of(names));
  }

  private String start(String retriers) {
    return server.startExecution(
        server.machine(
            "T",
            "\"T\":"
                + task(
                    "\"Retry\":[" + retriers + "]",
                    "\"Output\":\"{% $states.result.Payload %}\",\"End\":true")),
        "{}");
  }

  private static String task(String fields, String end) {
    return "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
        + "\"Arguments\":{\"FunctionName\":\"work\"},"
        + fields
        + ","
        + end
        + "}";
  }

  /** Waits until each of these delays is requested, and lets it pass. */
  private void pass(int... seconds) {
    for (int second : seconds) {
      Duration delay = Duration.ofSeconds(second);
      time.awaitAlarm(delay).advance(delay);
    }
  }
}
