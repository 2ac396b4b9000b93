package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.stepfunctions.api.ExecutionId;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.store.JournalRecord;
import org.touchstone.emulators.stepfunctions.store.MemoryStore;
import org.touchstone.emulators.stepfunctions.store.Store;

/** A disk that has no room for a while. */
class FullDiskTest {
  private static final ExecutionId ID = new ExecutionId("machine", "execution");

  private final CountDownLatch refused = new CountDownLatch(2);
  private volatile boolean isFull = true;
  private final Store store = refusing(new MemoryStore());
  private final HistoryLog log =
      new HistoryLog(ID, store, () -> Instant.EPOCH, new CancelScope(), 0);

  private Store refusing(Store real) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("append") && isFull) {
                refused.countDown();
                throw new UncheckedIOException(new IOException("No space left on device"));
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private HistoryEvent enter() {
    return log.append(0, EventType.PASS_STATE_ENTERED, Map.of(), JournalRecord.Entered::new);
  }

  @Test
  void eventIsWrittenWhenThereIsRoomAgain() throws Exception {
    CompletableFuture<HistoryEvent> written = CompletableFuture.supplyAsync(this::enter);
    assertThat(refused.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(written).isNotDone();

    isFull = false;

    assertThat(written.get(1, TimeUnit.MINUTES).id()).isEqualTo(1);
    assertThat(enter().id()).isEqualTo(2);
  }

  @Test
  void startIsRefusedAtOnce() {
    assertThatThrownBy(
            () ->
                log.append(
                    0,
                    EventType.EXECUTION_STARTED,
                    Map.of(),
                    event -> new JournalRecord.Started("role", Instant.EPOCH, "d", event)))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void closingDoesNotWaitForRoom() throws Exception {
    CompletableFuture<HistoryEvent> written = CompletableFuture.supplyAsync(this::enter);
    assertThat(refused.await(1, TimeUnit.MINUTES)).isTrue();

    log.close();

    assertThat(written).failsWithin(Duration.ofMinutes(1));
  }
}
