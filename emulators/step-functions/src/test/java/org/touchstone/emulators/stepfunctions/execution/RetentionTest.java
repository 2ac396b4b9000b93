package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.integration.Integrations;
import org.touchstone.emulators.stepfunctions.integration.TaskTokens;
import org.touchstone.emulators.stepfunctions.jsonata.Evaluator;
import org.touchstone.emulators.stepfunctions.machine.MachineRegistry;
import org.touchstone.emulators.stepfunctions.store.MemoryStore;
import org.touchstone.emulators.stepfunctions.store.Store;
import org.touchstone.emulators.stepfunctions.testing.ManualTime;
import org.touchstone.emulators.stepfunctions.testing.TestServer;

class RetentionTest {
  private static final int KEPT = 20;

  @Test
  void theLongestEndedExecutionsMakeRoomForNewOnesButRunningOnesStay() throws Exception {
    ManualTime time = new ManualTime();
    Semaphore ended = new Semaphore(0);
    Integrations none = new Integrations(Map.of());
    try (Store store = new MemoryStore();
        Evaluator evaluator = new Evaluator(time)) {
      MachineRegistry machines = new MachineRegistry(store, none, time);
      String quick = machine(machines, "quick", "\"A\":{\"Type\":\"Succeed\"}");
      String slow =
          machine(machines, "slow", "\"A\":{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}");
      try (ExecutionService executions =
          new ExecutionService(
              store,
              machines,
              time,
              evaluator,
              none,
              new TaskTokens(),
              change -> {
                if (change.status() != ExecutionStatus.RUNNING) {
                  ended.release();
                }
              },
              new Retention(Duration.ofDays(90), KEPT),
              () -> 0)) {
        executions.open();
        String running = executions.start(slow, "running", "{}").id().executionArn();
        for (int i = 0; i < 5 * KEPT; i++) {
          executions.start(quick, "e" + i, "{}");
          ended.acquire();
          time.advance(Duration.ofMillis(1));
        }

        // The last ones may not be counted yet.
        long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (count(executions, quick) > KEPT && System.nanoTime() < patience) {
          Thread.onSpinWait();
        }
        assertThat(count(executions, quick)).isBetween(KEPT / 2, KEPT);
        assertThat(executions.knows(running)).isTrue();
        assertThat(executions.describe(running).status()).isEqualTo(ExecutionStatus.RUNNING);
      }
    }
  }

  private static int count(ExecutionService executions, String machine) {
    return executions.list(machine, null, 1000, null).items().size();
  }

  private static String machine(MachineRegistry machines, String name, String states) {
    return machines
        .create(name, TestServer.definition("A", states), "arn:aws:iam::000000000000:role/r")
        .arn();
  }
}
