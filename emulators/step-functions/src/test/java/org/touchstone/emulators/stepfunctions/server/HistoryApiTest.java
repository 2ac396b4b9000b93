package org.touchstone.emulators.stepfunctions.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;

class HistoryApiTest {
  private static TestServer server;
  private static String execution;

  @BeforeAll
  static void run() {
    server = TestServer.start().function("echo", TestServer.Answer::new);
    execution =
        server
            .run(
                "T",
                """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                  "Arguments":{"FunctionName":"echo","Payload":{"n":"{% $states.input.n %}"}},
                  "TimeoutSeconds":60,"Assign":{"seen":"{% $states.result.Payload.n %}"},
                  "Output":"{% $states.result.Payload %}","Next":"M"},
                "M":{"Type":"Map","Items":[7],"ItemProcessor":{"StartAt":"P","States":{
                  "P":{"Type":"Pass","End":true}}},"Next":"E"},
                "E":{"Type":"Succeed"}
                """,
                "{\"n\":1}")
            .executionArn();
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void tellsWhatHappenedInOrder() {
    List<HistoryEvent> events = server.history(execution);

    assertThat(events)
        .extracting(HistoryEvent::typeAsString)
        .containsExactly(
            "ExecutionStarted",
            "TaskStateEntered",
            "TaskScheduled",
            "TaskStarted",
            "TaskSucceeded",
            "TaskStateExited",
            "MapStateEntered",
            "MapStateStarted",
            "MapIterationStarted",
            "PassStateEntered",
            "PassStateExited",
            "MapIterationSucceeded",
            "MapStateSucceeded",
            "MapStateExited",
            "SucceedStateEntered",
            "SucceedStateExited",
            "ExecutionSucceeded");
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).id()).isEqualTo(i + 1L);
      long previous =
          switch (i + 1) {
            // As in Step Functions, nothing comes before the entering of the first state,
            case 2 -> 0;
            // and leaving a Map follows the same event as its success.
            case 14 -> 12;
            default -> i;
          };
      assertThat(events.get(i).previousEventId()).isEqualTo(previous);
      assertThat(events.get(i).timestamp()).isNotNull();
    }
  }

  @Test
  void eventsCarryTheirDetails() {
    List<HistoryEvent> events = server.history(execution);

    assertThat(events.get(0).executionStartedEventDetails().input()).isEqualTo("{\"n\":1}");
    assertThat(events.get(1).stateEnteredEventDetails().name()).isEqualTo("T");
    var scheduled = events.get(2).taskScheduledEventDetails();
    assertThat(scheduled.resourceType()).isEqualTo("lambda");
    assertThat(scheduled.resource()).isEqualTo("invoke");
    assertThat(scheduled.parameters())
        .isEqualTo("{\"FunctionName\":\"echo\",\"Payload\":{\"n\":1}}");
    assertThat(scheduled.timeoutInSeconds()).isEqualTo(60);
    assertThat(events.get(4).taskSucceededEventDetails().output()).contains("\"StatusCode\":200");
    var exited = events.get(5).stateExitedEventDetails();
    assertThat(exited.output()).isEqualTo("{\"n\":1}");
    assertThat(exited.assignedVariables()).containsEntry("seen", "1");
    assertThat(events.get(7).mapStateStartedEventDetails().length()).isEqualTo(1);
    assertThat(events.get(8).mapIterationStartedEventDetails().index()).isZero();
    assertThat(events.getLast().executionSucceededEventDetails().output()).isEqualTo("[7]");
  }

  @Test
  void comesInPagesForwardsAndBackwards() {
    List<HistoryEvent> all = server.history(execution);
    List<HistoryEvent> forwards = new ArrayList<>();
    server
        .sfn()
        .getExecutionHistoryPaginator(r -> r.executionArn(execution).maxResults(4))
        .events()
        .forEach(forwards::add);
    List<HistoryEvent> backwards = new ArrayList<>();
    server
        .sfn()
        .getExecutionHistoryPaginator(
            r -> r.executionArn(execution).maxResults(4).reverseOrder(true))
        .events()
        .forEach(backwards::add);

    assertThat(forwards).isEqualTo(all);
    Collections.reverse(backwards);
    assertThat(backwards).isEqualTo(all);
  }

  @Test
  void leavesDataOutWhenAsked() {
    List<HistoryEvent> events =
        server
            .sfn()
            .getExecutionHistory(r -> r.executionArn(execution).includeExecutionData(false))
            .events();

    assertThat(events.get(0).executionStartedEventDetails().input()).isNull();
    assertThat(events.get(1).stateEnteredEventDetails().name()).isEqualTo("T");
    assertThat(events.getLast().executionSucceededEventDetails().output()).isNull();
  }

  @Test
  void refusesAForeignPageToken() {
    assertThatThrownBy(
            () -> server.sfn().getExecutionHistory(r -> r.executionArn(execution).nextToken("x")))
        .isInstanceOf(InvalidTokenException.class);
  }
}
