package org.touchstone.emulators.stepfunctions.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.FAILED;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

class IntegrationsTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start()
            .function("echo", TestServer.Answer::new)
            .function("fail", p -> new TestServer.Failure("MyError", "it broke"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void lambdaAnswersInTheShapeOfTheService() {
    DescribeExecutionResponse execution =
        server.run(
            "T",
            """
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Arguments":{"FunctionName":"arn:aws:lambda:us-east-1:000000000000:function:echo:live",
                           "Payload":{"id":"{% $states.input.id %}","n":null}},
              "End":true}
            """,
            "{\"id\":\"x\"}");

    assertThat(execution.output())
        .isEqualTo(
            "{\"ExecutedVersion\":\"$LATEST\",\"Payload\":{\"id\":\"x\",\"n\":null},\"StatusCode\":200}");
  }

  @Test
  void anUncaughtFunctionErrorFailsTheExecution() {
    DescribeExecutionResponse execution =
        server.run(
            "T",
            """
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Arguments":{"FunctionName":"fail"},"End":true}
            """,
            "{}");

    assertThat(execution.status()).isEqualTo(FAILED);
    assertThat(execution.error()).isEqualTo("MyError");
    assertThat(execution.cause())
        .isEqualTo("{\"errorMessage\":\"it broke\",\"errorType\":\"MyError\"}");
  }

  @Test
  void eventsArePutOnTheBusWithTheExecutionAmongTheirResources() {
    DescribeExecutionResponse execution =
        server.run(
            "T",
            """
            "T":{"Type":"Task","Resource":"arn:aws:states:::events:putEvents",
              "Arguments":{"Entries":[{"EventBusName":"main","Source":"test","DetailType":"Happened",
                "Detail":{"id":"{% $states.input.id %}"},"Resources":["arn:x"]}]},"End":true}
            """,
            "{\"id\":7}");

    assertThat(execution.output())
        .isEqualTo("{\"Entries\":[{\"EventId\":\"event-1\"}],\"FailedEntryCount\":0}");
    assertThat(server.events())
        .anySatisfy(
            event -> {
              assertThat(event.eventBusName()).isEqualTo("main");
              assertThat(event.source()).isEqualTo("test");
              assertThat(event.detailType()).isEqualTo("Happened");
              assertThat(event.detail()).isEqualTo("{\"id\":7}");
              assertThat(event.resources())
                  .containsExactly("arn:x", execution.stateMachineArn(), execution.executionArn());
            });
  }

  @Test
  void aRefusedEventFailsTheTask() {
    try (TestServer refusing = TestServer.start()) {
      refusing.bus(entry -> EventBus.Result.refused("NoBus", "no such bus"));
      DescribeExecutionResponse execution =
          refusing.run(
              "T",
              """
              "T":{"Type":"Task","Resource":"arn:aws:states:::events:putEvents",
                "Arguments":{"Entries":[{"Source":"s","DetailType":"d","Detail":{}}]},"End":true}
              """,
              "{}");

      assertThat(execution.error()).isEqualTo("EventBridge.FailedEntry");
      assertThat(execution.cause()).contains("\"FailedEntryCount\":1").contains("NoBus");
    }
  }

  @Test
  void argumentsOnlySeenAtRunTimeAreChecked() {
    DescribeExecutionResponse execution =
        server.run(
            "T",
            """
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Arguments":"{% $states.input.arguments %}","End":true}
            """,
            "{\"arguments\":[1]}");

    assertThat(execution.error()).isEqualTo("States.Runtime");
  }
}
