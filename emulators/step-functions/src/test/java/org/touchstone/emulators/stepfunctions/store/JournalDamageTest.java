package org.touchstone.emulators.stepfunctions.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.stepfunctions.StateMachineEngine;
import org.touchstone.emulators.stepfunctions.api.ExecutionDescription;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions;
import org.touchstone.emulators.stepfunctions.testing.Crash;
import org.touchstone.emulators.stepfunctions.testing.TestServer;

/** Opens an engine on files that a crash or a failing disk has damaged. */
class JournalDamageTest {
  private static final String STATES =
      """
      "A":{"Type":"Pass","Output":{"n":1},"Next":"T"},
      "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
        "Arguments":{"FunctionName":"work"},"Output":"{% $states.result.Payload %}","End":true}
      """;

  @TempDir private Path temporary;
  private Path left;
  private String machine;

  @BeforeEach
  void prepare() {
    left = temporary.resolve("left");
  }

  /** Runs an execution up to its task, and leaves the directory as a kill at that moment would. */
  private String leave(String name) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    Path before = temporary.resolve("before");
    try (TestServer server =
        TestServer.start(builder -> builder.dataDirectory(before))
            .function(
                "work",
                p -> {
                  reached.countDown();
                  new CountDownLatch(1).await();
                  return new TestServer.Answer("0");
                })) {
      machine = server.machine("A", STATES);
      String execution =
          server.sfn().startExecution(r -> r.stateMachineArn(machine).name(name)).executionArn();
      reached.await(20, TimeUnit.SECONDS);
      Crash.copy(before, left);
      return execution;
    }
  }

  @AfterEach
  void nothingIsLeftUnreadable() {
    try (StateMachineEngine again = open()) {
      assertThat(again.machines().list(10, null).items()).hasSizeLessThanOrEqualTo(1);
    }
  }

  private StateMachineEngine open() {
    return StateMachineEngine.builder()
        .dataDirectory(left)
        .lambdaFunctions((name, payload) -> new LambdaFunctions.Result.Success("\"resumed\""))
        .open();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"kind\":\"ended\",\"status\":\"FAI",
        "garbage\n",
        "\n",
        "{}\n",
        "\0\0\0\n"
      })
  void aLastLineThatIsNotWholeIsIgnored(String tail) throws Exception {
    String execution = leave("run");
    Files.writeString(journal(), tail, StandardOpenOption.APPEND);

    assertThat(resumed(execution).output()).isEqualTo("\"resumed\"");
    // The removed part does not come back between the lines that follow.
    assertThat(Files.readAllLines(journal()).stream().skip(1))
        .allMatch(line -> line.startsWith("{\"kind\":") && line.endsWith("}"));
  }

  @Test
  void everyPrefixOfAJournalIsResumedOrForgotten() throws Exception {
    String execution = leave("run");
    Path journal = journal();
    byte[] whole = Files.readAllBytes(journal);
    int firstRecord = lineEnd(whole, 2);
    for (int length = 0; length < whole.length; length += 37) {
      Files.write(journal, Arrays.copyOf(whole, length));
      try (StateMachineEngine engine = open()) {
        boolean known = engine.executions().knows(execution);
        assertThat(known).isEqualTo(length >= firstRecord);
        if (known) {
          assertThat(await(engine, execution).output()).isEqualTo("\"resumed\"");
        }
      }
      Files.deleteIfExists(left.resolve("settled.jsonl"));
    }
  }

  private static int lineEnd(byte[] bytes, int line) {
    int seen = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' && ++seen == line) {
        return i + 1;
      }
    }
    throw new AssertionError("no such line");
  }

  @Test
  void damageInTheMiddleFailsTheExecutionAndKeepsTheFile() throws Exception {
    String execution = leave("run");
    List<String> lines = Files.readAllLines(journal());
    lines.set(3, "XXXX");
    Files.write(journal(), lines);

    ExecutionDescription ended = resumed(execution);

    assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(ended.error()).isEqualTo("States.Runtime");
    assertThat(ended.cause()).contains("damaged");
    assertThat(Files.readAllLines(journal().resolveSibling("run.jsonl.damaged"))).contains("XXXX");
    // It stays failed, and its history says so.
    try (StateMachineEngine again = open()) {
      assertThat(again.executions().describe(execution).status()).isEqualTo(ExecutionStatus.FAILED);
      assertThat(again.executions().history(execution, true, 1, null).items().getFirst().type())
          .hasToString("EXECUTION_FAILED");
    }
  }

  @Test
  void aLostIndexIsMadeAnewFromTheJournals() throws Exception {
    String execution = leave("run");
    resumed(execution);
    Files.delete(left.resolve("settled.jsonl"));

    try (StateMachineEngine again = open()) {
      assertThat(again.executions().describe(execution).output()).isEqualTo("\"resumed\"");
    }
    assertThat(Files.readString(left.resolve("settled.jsonl"))).contains("\"run\"");
  }

  @Test
  void aTornIndexLosesNothing() throws Exception {
    String execution = leave("run");
    resumed(execution);
    Files.writeString(left.resolve("settled.jsonl"), "{\"machine\":\"m", StandardOpenOption.APPEND);

    try (StateMachineEngine again = open()) {
      assertThat(again.executions().describe(execution).output()).isEqualTo("\"resumed\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "UPPER", "con", "é中", "a.b", "name.jsonl", "=abc"})
  void oddNamesAreKeptApartFromPaths(String name) throws Exception {
    String execution = leave(name);

    assertThat(resumed(execution).output()).isEqualTo("\"resumed\"");
    try (Stream<Path> files = Files.walk(left)) {
      assertThat(files).allMatch(path -> path.toAbsolutePath().normalize().startsWith(left));
    }
  }

  private ExecutionDescription resumed(String execution) throws IOException {
    try (StateMachineEngine engine = open()) {
      return await(engine, execution);
    }
  }

  private ExecutionDescription await(StateMachineEngine engine, String execution)
      throws IOException {
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < patience) {
      ExecutionDescription now = engine.executions().describe(execution);
      if (now.status() != ExecutionStatus.RUNNING && isSettled(now)) {
        return now;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("it did not end");
  }

  /** Whether the end is also in the index, so that closing changes nothing. */
  private boolean isSettled(ExecutionDescription execution) throws IOException {
    Path index = left.resolve("settled.jsonl");
    return Files.exists(index)
        && Files.readString(index).contains("\"name\":\"" + execution.id().name() + "\"");
  }

  private Path journal() throws IOException {
    try (Stream<Path> files = Files.walk(left.resolve("executions"))) {
      return files.filter(path -> path.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }
}
