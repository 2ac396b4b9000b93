package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.emulators.stepfunctions.StateMachineEngine;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions;
import org.touchstone.emulators.stepfunctions.json.JsonValues;
import org.touchstone.emulators.stepfunctions.testing.ManualTime;
import org.touchstone.emulators.stepfunctions.testing.TestServer;

class ManyInFlightTest {
  private static final int MANY = 2_000;

  @TempDir private Path directory;

  @Test
  void thousandsOfExecutionsWaitForTheirTokensAndTheClock() throws Exception {
    ManualTime time = new ManualTime();
    Map<String, String> tokens = new ConcurrentHashMap<>();
    CountDownLatch submitted = new CountDownLatch(MANY);
    CountDownLatch ended = new CountDownLatch(2 * MANY);
    try (StateMachineEngine engine =
        StateMachineEngine.builder()
            .dataDirectory(directory)
            .timekeeper(time)
            .lambdaFunctions(
                (name, payload) -> {
                  Map<?, ?> job = parse(payload);
                  tokens.put((String) job.get("id"), (String) job.get("token"));
                  submitted.countDown();
                  return new LambdaFunctions.Result.Success("{}");
                })
            .listener(
                change -> {
                  if (change.status() == ExecutionStatus.SUCCEEDED) {
                    ended.countDown();
                  }
                })
            .open()) {
      String waiting =
          machine(engine, "wait", "\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}");
      String tasks =
          machine(
              engine,
              "task",
              """
              "W":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Arguments":{"FunctionName":"f","Payload":{"id":"{% $states.context.Execution.Name %}",
                  "token":"{% $states.context.Task.Token %}"}},"TimeoutSeconds":3600,"End":true}
              """);
      int threadsBefore = Thread.activeCount();
      List<String> arns = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        engine.executions().start(waiting, "w" + i, "{}");
        arns.add(engine.executions().start(tasks, "t" + i, "{}").id().executionArn());
      }
      assertThat(submitted.await(60, TimeUnit.SECONDS)).isTrue();

      assertThat(engine.executions().list(tasks, ExecutionStatus.RUNNING, 1000, null).items())
          .hasSize(1000);
      // They wait without holding a platform thread each.
      assertThat(Thread.activeCount() - threadsBefore).isLessThan(20);

      time.advance(Duration.ofSeconds(60));
      tokens.forEach((id, token) -> engine.sendTaskSuccess(token, "\"" + id + "\""));
      assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < MANY; i += 97) {
        assertThat(engine.executions().describe(arns.get(i)).output()).isEqualTo("\"t" + i + "\"");
      }
    }
  }

  private static Map<?, ?> parse(String json) {
    try {
      return (Map<?, ?>) JsonValues.parse(json, null);
    } catch (Exception e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String machine(StateMachineEngine engine, String name, String states) {
    return engine
        .machines()
        .create(name, TestServer.definition("W", states), "arn:aws:iam::000000000000:role/r")
        .arn();
  }
}
