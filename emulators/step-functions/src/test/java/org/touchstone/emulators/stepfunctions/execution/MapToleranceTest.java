package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

class MapToleranceTest {
  private static final String FAIL_ABOVE_TWO =
      """
      "ItemProcessor":{"StartAt":"C","States":{
        "C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input > 2 %}","Next":"F"}],
             "Default":"S"},
        "F":{"Type":"Fail","Error":"TooMuch","Cause":"{% $string($states.input) %}"},
        "S":{"Type":"Succeed"}}}
      """;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"ToleratedFailureCount\":2                                          | true",
        "\"ToleratedFailureCount\":1                                          | false",
        "\"ToleratedFailurePercentage\":50                                    | true",
        "\"ToleratedFailurePercentage\":49.9                                  | false",
        "\"ToleratedFailurePercentage\":\"{% 25 * 2 %}\"                      | true",
        "\"ToleratedFailureCount\":\"{% 1 %}\"                                | false",
        "\"ToleratedFailureCount\":2,\"ToleratedFailurePercentage\":49        | false",
        "\"ToleratedFailureCount\":1,\"ToleratedFailurePercentage\":100       | false",
      })
  void failsWhenMoreItemsFailThanTolerated(String tolerance, boolean tolerated) {
    DescribeExecutionResponse execution =
        server.run(
            "M",
            "\"M\":{\"Type\":\"Map\"," + tolerance + "," + FAIL_ABOVE_TWO + ",\"End\":true}",
            "[1,2,3,4]");

    if (tolerated) {
      assertThat(execution.output())
          .isEqualTo(
              "[1,2,{\"Error\":\"TooMuch\",\"Cause\":\"3\"},{\"Error\":\"TooMuch\",\"Cause\":\"4\"}]");
    } else {
      assertThat(execution.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    }
  }

  @Test
  void withoutToleranceTheItemsErrorIsTheMaps() {
    DescribeExecutionResponse execution =
        server.run(
            "M",
            "\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":1," + FAIL_ABOVE_TWO + ",\"End\":true}",
            "[1,3,2]");

    assertThat(execution.error()).isEqualTo("TooMuch");
    assertThat(execution.cause()).isEqualTo("3");
    assertThat(server.eventTypes(execution.executionArn()))
        .filteredOn(type -> type.startsWith("MapIteration"))
        .containsExactly(
            "MapIterationStarted",
            "MapIterationSucceeded",
            "MapIterationStarted",
            "MapIterationFailed");
  }

  @Test
  void aFailedItemEndsTheIterationsUnderWay() {
    CountDownLatch go = new CountDownLatch(1);
    server.function(
        "fail",
        p -> {
          go.await();
          return new TestServer.Failure("Bad", null);
        });
    String machine =
        server.machine(
            "M",
            """
            "M":{"Type":"Map","ItemProcessor":{"StartAt":"C","States":{
              "C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input = 'fail' %}","Next":"T"}],
                   "Default":"W"},
              "W":{"Type":"Wait","Seconds":3600,"End":true},
              "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                   "Arguments":{"FunctionName":"fail"},"End":true}}},"End":true}
            """);
    String execution = server.startExecution(machine, "[\"wait\",\"wait\",\"fail\"]");
    server.awaitEvents(execution, "WaitStateEntered", 2);

    go.countDown();

    assertThat(server.await(execution).error()).isEqualTo("Bad");
    assertThat(server.eventTypes(execution))
        .containsOnlyOnce("MapIterationFailed", "MapStateFailed")
        .filteredOn(type -> type.equals("MapIterationAborted"))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"3,3", "1,1", "0,40", "99,40"})
  void runsAtMostSoManyIterationsAtOnce(int maxConcurrency, int expected) throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(expected);
    CountDownLatch go = new CountDownLatch(1);
    server.function(
        "work",
        p -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          full.countDown();
          go.await();
          running.decrementAndGet();
          return new TestServer.Answer("{}");
        });
    String execution =
        server.startExecution(
            server.machine(
                "M",
                """
                "M":{"Type":"Map","Items":"{%% [1..60] %%}","MaxConcurrency":%d,
                  "ItemProcessor":{"StartAt":"T","States":{
                    "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                         "Arguments":{"FunctionName":"work"},"Output":1,"End":true}}},
                  "Output":"{%% $count($states.result) %%}","End":true}
                """
                    .formatted(maxConcurrency)),
            "{}");

    full.await();
    go.countDown();

    assertThat(server.await(execution).output()).isEqualTo("60");
    assertThat(most).hasValue(expected);
  }
}
