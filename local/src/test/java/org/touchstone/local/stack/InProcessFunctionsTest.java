package org.touchstone.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions.Result;

class InProcessFunctionsTest {
  @TempDir Path folder;
  private InProcessFunctions functions;

  @BeforeEach
  void create() {
    functions = new InProcessFunctions(Map.of("f", 2, "g", 1), new DataRoom(folder));
  }

  @Test
  void callsDoNotTakeTheCallersThread() throws Exception {
    functions.register("f", Map.class, (input, context) -> Thread.currentThread().isVirtual());
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> result.complete(functions.invoke("f", "{}")));

    assertThat(result.get(1, TimeUnit.MINUTES)).isEqualTo(new Result.Success("false"));
  }

  @Test
  void functionThatHangsHoldsUpNoOther() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    functions.register(
        "f",
        Map.class,
        (input, context) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return 1;
        });
    functions.register("g", Map.class, (input, context) -> 2);
    for (int i = 0; i < 5; i++) {
      Thread.ofVirtual().start(() -> functions.invoke("f", "{}"));
    }
    assertThat(CompletableFuture.supplyAsync(() -> functions.invoke("g", "{}")))
        .succeedsWithin(Duration.ofMinutes(1))
        .isEqualTo(new Result.Success("2"));
    never.countDown();
  }

  @Test
  void callThatIsGivenUpIsInterrupted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    functions.register(
        "f",
        Map.class,
        (input, context) -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return 1;
        });
    Thread caller = Thread.ofVirtual().start(() -> functions.invoke("f", "{}"));
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    caller.interrupt();

    assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void errorIsNamedByItsClass() {
    functions.register(
        "f",
        Map.class,
        (input, context) -> {
          throw new IllegalStateException("no");
        });

    assertThat(functions.invoke("f", "{}"))
        .isEqualTo(new Result.FunctionError("java.lang.IllegalStateException", "no"));
    assertThat(functions.invoke("h", "{}")).isInstanceOf(Result.FunctionError.class);
  }
}
