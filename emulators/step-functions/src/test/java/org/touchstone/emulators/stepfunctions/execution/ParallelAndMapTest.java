package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

class ParallelAndMapTest {
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
  void aFailedBranchEndsTheOthers() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    server.function(
        "slow",
        p -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return new TestServer.Answer("{}");
        });
    server.function(
        "fail",
        p -> {
          fail.await();
          return new TestServer.Failure("Bad", "branch");
        });
    String execution =
        server.startExecution(
            server.machine(
                "P",
                """
                "P":{"Type":"Parallel","Branches":[
                  {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                    "Arguments":{"FunctionName":"slow"},"End":true}}},
                  {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3600,"End":true}}},
                  {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                    "Arguments":{"FunctionName":"fail"},"End":true}}}],
                  "Catch":[{"ErrorEquals":["States.BranchFailed"],
                            "Output":"{% $states.errorOutput.Error %}","Next":"Caught"}],"End":true},
                "Caught":{"Type":"Succeed"}
                """),
            "{}");
    server.awaitEvents(execution, "TaskStarted", 2);
    server.awaitEvents(execution, "WaitStateEntered", 1);

    fail.countDown();

    assertThat(server.await(execution).output()).isEqualTo("\"Bad\"");
    assertThat(server.eventTypes(execution))
        .contains("TaskStateAborted", "WaitStateAborted", "ParallelStateFailed");
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
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
}
