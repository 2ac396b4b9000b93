package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.FAILED;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.SUCCEEDED;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.TIMED_OUT;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.stepfunctions.testing.ManualTime;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

class TimeoutTest {
  private final ManualTime time = new ManualTime();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final TestServer server =
      TestServer.start(builder -> builder.timekeeper(time)).function("hang", p -> hang());

  private TestServer.Reply hang() throws InterruptedException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
    return new TestServer.Answer("{}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aTaskThatTakesTooLongTimesOut() throws Exception {
    String execution =
        server.startExecution(
            server.machine(
                "T",
                """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                  "Arguments":{"FunctionName":"hang"},"TimeoutSeconds":"{% 2 * 15 %}","End":true}
                """),
            "{}");

    pass(30);

    DescribeExecutionResponse ended = server.await(execution);
    assertThat(ended.status()).isEqualTo(FAILED);
    assertThat(ended.error()).isEqualTo("States.Timeout");
    assertThat(ended.cause()).isNull();
    assertThat(server.eventTypes(execution)).contains("TaskTimedOut");
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTimeoutIsRetriedAndCaughtByItsNameAndNotAsATaskFailure() {
    String execution =
        server.startExecution(
            server.machine(
                "T",
                """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                  "Arguments":{"FunctionName":"hang"},"TimeoutSeconds":10,
                  "Retry":[{"ErrorEquals":["States.TaskFailed"]},
                           {"ErrorEquals":["States.Timeout"],"IntervalSeconds":7,"MaxAttempts":1}],
                  "Catch":[{"ErrorEquals":["States.TaskFailed"],"Next":"Wrong"},
                           {"ErrorEquals":["States.ALL"],"Next":"Caught"}],"End":true},
                "Wrong":{"Type":"Fail"},
                "Caught":{"Type":"Succeed"}
                """),
            "{}");

    pass(10);
    pass(7);
    pass(10);

    assertThat(server.await(execution).output())
        .isEqualTo("{\"Error\":\"States.Timeout\",\"Cause\":\"\"}");
  }

  @Test
  void aFinishedTaskLeavesNoAlarmBehind() {
    server.function("quick", p -> new TestServer.Answer("{}"));
    int before = time.pending();
    server.run(
        "T",
        """
        "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
          "Arguments":{"FunctionName":"quick"},"TimeoutSeconds":10,"End":true}
        """,
        "{}");

    assertThat(time.pending()).isEqualTo(before);
  }

  @Test
  void anExecutionThatTakesTooLongTimesOut() {
    String machine =
        server.machine(
            "{\"QueryLanguage\":\"JSONata\",\"TimeoutSeconds\":100,\"StartAt\":\"W\",\"States\":{"
                + "\"W\":{\"Type\":\"Wait\",\"Seconds\":5000,\"End\":true}}}");
    String execution = server.startExecution(machine, "{}");

    time.awaitAlarm(Duration.ofSeconds(5000));
    pass(100);

    DescribeExecutionResponse ended = server.await(execution);
    assertThat(ended.status()).isEqualTo(TIMED_OUT);
    assertThat(ended.stopDate()).isEqualTo(ended.startDate().plusSeconds(100));
    assertThat(ended.error()).isNull();
    HistoryEvent last = server.history(execution).getLast();
    assertThat(last.executionTimedOutEventDetails().error()).isEqualTo("States.Timeout");
    assertThat(last.previousEventId()).isZero();
  }

  @Test
  void waitsForSecondsAndUntilATime() {
    String execution =
        server.startExecution(
            server.machine(
                "A",
                """
                "A":{"Type":"Wait","Seconds":"{% $states.input.seconds %}","Next":"B"},
                "B":{"Type":"Wait","Timestamp":"{% $states.input.at %}",
                     "Assign":{"done":true},"Next":"C"},
                "C":{"Type":"Wait","Timestamp":"2001-01-01T00:00:00+01:00","Output":"{% $done %}",
                     "End":true}
                """),
            "{\"seconds\":90,\"at\":\"2026-03-04T05:10:07Z\"}");

    pass(90);
    pass(150);

    assertThat(server.await(execution).output()).isEqualTo("true");
  }

  @Test
  void aWaitForWhatIsNoTimeFails() {
    assertThat(wait("\"Seconds\":\"{% -1 %}\"").error()).isEqualTo("States.QueryEvaluationError");
    assertThat(wait("\"Seconds\":\"{% 1.5 %}\"").error()).isEqualTo("States.QueryEvaluationError");
    assertThat(wait("\"Timestamp\":\"{% 'soon' %}\"").error())
        .isEqualTo("States.QueryEvaluationError");
    assertThat(wait("\"Seconds\":0").status()).isEqualTo(SUCCEEDED);
  }

  private DescribeExecutionResponse wait(String field) {
    return server.run("W", "\"W\":{\"Type\":\"Wait\"," + field + ",\"End\":true}", "{}");
  }

  private void pass(int seconds) {
    Duration delay = Duration.ofSeconds(seconds);
    time.awaitAlarm(delay).advance(delay);
  }
}
