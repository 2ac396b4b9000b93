package org.touchstone.statemachine.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.FAILED;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.SUCCEEDED;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.statemachine.engine.integration.EventBus;
import org.touchstone.statemachine.engine.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

class StatesTest {
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
  void passGivesItsInputOrItsOutput() {
    DescribeExecutionResponse execution =
        server.run(
            "A",
            """
            "A":{"Type":"Pass","Next":"B"},
            "B":{"Type":"Pass","Output":{"doubled":"{% $states.input.n * 2 %}","fixed":[1,null]},
                 "End":true}
            """,
            "{\"n\":21,\"d\":1.50}");

    assertThat(execution.status()).isEqualTo(SUCCEEDED);
    assertThat(execution.output()).isEqualTo("{\"doubled\":42,\"fixed\":[1,null]}");
    assertThat(execution.input()).isEqualTo("{\"n\":21,\"d\":1.50}");
  }

  @Test
  void inputPassesThroughAsItWasWritten() {
    assertThat(server.run("A", "\"A\":{\"Type\":\"Succeed\"}", "{ \"d\" : 1.50 }").output())
        .isEqualTo("{ \"d\" : 1.50 }");
  }

  @Test
  void anAbsentInputIsAnEmptyObject() {
    String machine = server.machine("A", "\"A\":{\"Type\":\"Succeed\"}");
    String execution = server.sfn().startExecution(r -> r.stateMachineArn(machine)).executionArn();

    assertThat(server.await(execution).output()).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({"5,small", "50,large", "500,huge", "7,seven"})
  void choiceTakesTheFirstRuleThatHolds(int n, String expected) {
    DescribeExecutionResponse execution =
        server.run(
            "C",
            """
            "C":{"Type":"Choice","Choices":[
              {"Condition":"{% $states.input.n = 7 %}","Output":{"size":"seven"},"Next":"End"},
              {"Condition":"{% $states.input.n < 10 %}","Assign":{"size":"small"},"Next":"Tell"},
              {"Condition":"{% $states.input.n < 100 %}","Assign":{"size":"large"},"Next":"Tell"}],
              "Default":"Tell","Assign":{"size":"huge"}},
            "Tell":{"Type":"Pass","Output":{"size":"{% $size %}"},"Next":"End"},
            "End":{"Type":"Succeed"}
            """,
            "{\"n\":" + n + "}");

    assertThat(execution.output()).isEqualTo("{\"size\":\"" + expected + "\"}");
  }

  @Test
  void aChoiceWithoutAMatchFails() {
    DescribeExecutionResponse execution =
        server.run(
            "C",
            """
            "C":{"Type":"Choice","Choices":[{"Condition":"{% false %}","Next":"E"}]},
            "E":{"Type":"Succeed"}
            """,
            "{}");

    assertThat(execution.status()).isEqualTo(FAILED);
    assertThat(execution.error()).isEqualTo("States.NoChoiceMatched");
    assertThat(execution.cause())
        .startsWith(
            "An error occurred while executing the state 'C' (entered at the event id #2).");
  }

  @Test
  void aConditionThatIsNoBooleanFails() {
    DescribeExecutionResponse execution =
        server.run(
            "C",
            """
            "C":{"Type":"Choice","Choices":[{"Condition":"{% 'yes' %}","Next":"E"}],"Default":"E"},
            "E":{"Type":"Succeed"}
            """,
            "{}");

    assertThat(execution.error()).isEqualTo("States.QueryEvaluationError");
    assertThat(execution.cause()).contains("'Choices[0]/Condition' must give a boolean");
  }

  @Test
  void failGivesItsErrorAndCause() {
    DescribeExecutionResponse execution =
        server.run(
            "F",
            "\"F\":{\"Type\":\"Fail\",\"Error\":\"Custom\",\"Cause\":\"{% 'n is ' & $states.input.n %}\"}",
            "{\"n\":1}");

    assertThat(execution.status()).isEqualTo(FAILED);
    assertThat(execution.error()).isEqualTo("Custom");
    assertThat(execution.cause()).isEqualTo("n is 1");
    assertThat(execution.output()).isNull();
  }

  @Test
  void failNeedsNeitherErrorNorCause() {
    DescribeExecutionResponse execution = server.run("F", "\"F\":{\"Type\":\"Fail\"}", "{}");

    assertThat(execution.status()).isEqualTo(FAILED);
    assertThat(execution.error()).isNull();
    assertThat(execution.cause()).isNull();
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
  void parallelGivesTheOutputsOfItsBranchesInOrder() {
    DescribeExecutionResponse execution =
        server.run(
            "P",
            """
            "P":{"Type":"Parallel","Arguments":{"n":"{% $states.input.n + 1 %}"},"Branches":[
              {"StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $states.input.n %}","End":true}}},
              {"StartAt":"B","States":{
                "B":{"Type":"Pass","Assign":{"twice":"{% $states.input.n * 2 %}"},"Next":"B2"},
                "B2":{"Type":"Succeed","Output":"{% $twice %}"}}}],
              "Assign":{"sum":"{% $sum($states.result) %}"},"Output":"{% $states.result %}","Next":"S"},
            "S":{"Type":"Succeed","Output":{"outputs":"{% $states.input %}","sum":"{% $sum %}"}}
            """,
            "{\"n\":1}");

    assertThat(execution.output()).isEqualTo("{\"outputs\":[2,4],\"sum\":6}");
  }

  @Test
  void aFailedBranchEndsTheOthers() {
    AtomicInteger interrupted = new AtomicInteger();
    server.function(
        "slow",
        p -> {
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
          }
          return new TestServer.Answer("{}");
        });
    DescribeExecutionResponse execution =
        server.run(
            "P",
            """
            "P":{"Type":"Parallel","Branches":[
              {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                "Arguments":{"FunctionName":"slow"},"End":true}}},
              {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3600,"End":true}}},
              {"StartAt":"B","States":{"B":{"Type":"Fail","Error":"Bad","Cause":"branch"}}}],
              "Catch":[{"ErrorEquals":["States.BranchFailed"],"Next":"Caught"}],"End":true},
            "Caught":{"Type":"Succeed"}
            """,
            "{}");

    assertThat(execution.output()).isEqualTo("{\"Error\":\"Bad\",\"Cause\":\"branch\"}");
    assertThat(server.eventTypes(execution.executionArn()))
        .contains("TaskStateAborted", "WaitStateAborted", "ParallelStateFailed");
  }

  @Test
  void mapRunsItsProcessorForEachItem() {
    DescribeExecutionResponse execution =
        server.run(
            "Set",
            """
            "Set":{"Type":"Pass","Assign":{"factor":10},"Next":"M"},
            "M":{"Type":"Map","Items":"{% $states.input.items %}","MaxConcurrency":2,
              "ItemSelector":{"i":"{% $states.context.Map.Item.Index %}",
                              "v":"{% $states.context.Map.Item.Value %}"},
              "ItemProcessor":{"StartAt":"A","States":{
                "A":{"Type":"Pass","Assign":{"own":"{% $states.input.v * $factor %}"},"Next":"B"},
                "B":{"Type":"Pass","Output":"{% $own + $states.context.Map.Item.Index %}","End":true}}},
              "End":true}
            """,
            "{\"items\":[5,6,7]}");

    assertThat(execution.output()).isEqualTo("[50,61,72]");
  }

  @Test
  void mapTakesItsInputAsItemsAndAnEmptyArrayToo() {
    String states =
        """
        "M":{"Type":"Map","ItemProcessor":{"StartAt":"A","States":{"A":{"Type":"Succeed"}}},
             "End":true}
        """;

    assertThat(server.run("M", states, "[1,\"a\",null]").output()).isEqualTo("[1,\"a\",null]");
    assertThat(server.run("M", states, "[]").output()).isEqualTo("[]");
    assertThat(server.run("M", states, "{}").error()).isEqualTo("States.QueryEvaluationError");
  }

  @Test
  void statesNestToAnyDepth() {
    DescribeExecutionResponse execution =
        server.run(
            "Outer",
            """
            "Outer":{"Type":"Map","Items":[[1,2],[3]],"ItemProcessor":{"StartAt":"Inner","States":{
              "Inner":{"Type":"Map","ItemProcessor":{"StartAt":"P","States":{
                "P":{"Type":"Parallel","Branches":[{"StartAt":"Leaf","States":{
                  "Leaf":{"Type":"Pass","Output":"{% $states.context.Map.Item.Index & ':' & $states.input %}",
                          "End":true}}}],"Output":"{% $states.result[0] %}","End":true}}},"End":true}}},
              "End":true}
            """,
            "{}");

    assertThat(execution.output()).isEqualTo("[[\"0:1\",\"1:2\"],[\"0:3\"]]");
  }

  @Test
  void variablesChangeOnlyForTheNextState() {
    DescribeExecutionResponse execution =
        server.run(
            "A",
            """
            "A":{"Type":"Pass","Assign":{"x":5},"Next":"B"},
            "B":{"Type":"Pass","Assign":{"x":42,"old":"{% $x %}"},"Output":"{% $x %}","Next":"C"},
            "C":{"Type":"Succeed","Output":"{% [$states.input, $x, $old] %}"}
            """,
            "{}");

    assertThat(execution.output()).isEqualTo("[5,42,5]");
  }

  @Test
  void theContextObjectTellsOfExecutionStateAndMachine() {
    String machine =
        server.machine(
            "A",
            """
            "A":{"Type":"Pass","Output":{"c":"{% $states.context %}"},"End":true}
            """);
    String execution =
        server
            .sfn()
            .startExecution(r -> r.stateMachineArn(machine).name("run-1").input("{\"k\":[1,null]}"))
            .executionArn();

    assertThat(server.await(execution).output())
        .contains("\"Id\":\"" + execution + "\"")
        .contains("\"Input\":{\"k\":[1,null]}")
        .contains("\"Name\":\"run-1\"")
        .contains("\"RoleArn\":\"arn:aws:iam::000000000000:role/test\"")
        .contains("\"StateMachine\":{\"Id\":\"" + machine + "\"")
        .containsPattern("\"StartTime\":\"20\\d\\d-[^\"]+Z\"")
        .containsPattern("\"EnteredTime\":\"20\\d\\d-[^\"]+Z\"")
        .contains("\"Name\":\"A\",\"RetryCount\":0");
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
                  .containsExactly("arn:x", execution.executionArn(), execution.stateMachineArn());
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
