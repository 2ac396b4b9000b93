package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.FAILED;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.SUCCEEDED;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

class StatesTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
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
        .contains("\"RedriveCount\":0")
        .contains("\"Name\":\"A\"}");
  }
}
