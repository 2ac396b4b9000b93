package org.touchstone.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

class TimeBudgetTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
  private final TimeBudget budget = TimeBudget.of(Duration.ofSeconds(100), nanos::get);

  private void pass(long seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private static void assertTimeout(ThrowingCallable call) {
    assertThat(catchThrowableOfType(ProblemException.class, call).problem().type())
        .isEqualTo(ProblemType.FETCH_TIMEOUT);
  }

  @Test
  void tellsWhatIsLeftUntilNothingIs() {
    pass(40);
    assertThat(budget.left()).isEqualTo(Duration.ofSeconds(60));
    pass(60);
    assertTimeout(budget::left);
  }

  @Test
  void refusesWhatWillNotBeDoneInTimeAsSoonAsThatIsPlain() {
    TimeBudget.Progress progress = budget.begin();
    pass(20);
    assertTimeout(() -> progress.at(0.1));
  }

  @Test
  void goesOnWithWhatWillBeDoneInTime() {
    TimeBudget.Progress progress = budget.begin();
    pass(20);
    assertThatCode(() -> progress.at(0.25)).doesNotThrowAnyException();
  }

  @Test
  void concludesNothingFromASlowStart() {
    TimeBudget.Progress progress = budget.begin();
    pass(9);
    assertThatCode(() -> progress.at(0.001)).doesNotThrowAnyException();
  }

  @Test
  void concludesNothingFromWhatWasDoneBefore() {
    pass(50);
    TimeBudget.Progress progress = budget.begin();
    pass(11);
    assertThatCode(() -> progress.at(0.3)).doesNotThrowAnyException();
    assertTimeout(() -> progress.at(0.2));
  }

  @Test
  void givesUpAStreamThatIsTooSlow() throws IOException {
    InputStream in = budget.watch(new ByteArrayInputStream(new byte[10 << 20]), 10 << 20);
    assertThat(in.readNBytes(1 << 20)).hasSize(1 << 20);
    pass(30);
    assertTimeout(() -> in.readNBytes(1 << 20));
  }

  @Test
  void ofAStreamWithoutALengthOnlyTheEndOfTheTimeIsTold() throws IOException {
    InputStream in = budget.watch(new ByteArrayInputStream(new byte[10 << 20]), -1);
    pass(99);
    assertThat(in.readNBytes(1 << 20)).hasSize(1 << 20);
    pass(1);
    assertTimeout(() -> in.readNBytes(1 << 20));
  }
}
