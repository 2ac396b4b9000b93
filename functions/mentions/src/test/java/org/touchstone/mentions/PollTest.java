package org.touchstone.mentions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.mention.Mention;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.mentions.analysis.AnalysisResult;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.storage.BotHealth;
import org.touchstone.storage.BotState;
import org.touchstone.testing.Interruptions;

/** Pages, cursors, overlapping polls, limits and money. */
class PollTest {
  private static final String X = MemoryNetwork.NAME;

  private final EmbeddedS3 s3 = EmbeddedS3.inMemory();
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(s3);
    desk.analyses.complete(Verdict.Level.LOW);
  }

  @AfterEach
  void close() {
    desk.close();
    s3.close();
  }

  private List<Mention> mentions(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> desk.network.tag().by("person" + i).post())
        .toList();
  }

  @Test
  void allPagesAreReadAndTheCursorIsTheNewest() {
    desk.network.pageSize = 3;
    List<Mention> all = mentions(8);

    desk.poll();
    desk.poll();

    assertThat(desk.network.replies).hasSize(8);
    assertThat(desk.network.polls).isEqualTo(4);
    assertThat(desk.store.state(X).cursor()).isEqualTo(all.getLast().id());
  }

  @Test
  void theCursorDoesNotMoveBeforeAllOfAPageAreRecorded() {
    mentions(4);
    int call = 1;
    boolean moved = false;
    while (!moved) {
      desk.interruptions.killAt(call, true);
      assertThatThrownBy(() -> desk.poll()).isInstanceOf(Interruptions.Killed.class);
      desk.interruptions.stop();
      moved = desk.store.state(X).cursor() != null;
      if (moved) {
        assertThat(desk.mentions.open(X)).hasSize(4);
      }
      desk.pass(Duration.ofMinutes(16));
      call++;
    }
    assertThat(call).isGreaterThan(8);
  }

  @Test
  void aPollThatIsLimitedInTheMiddleGoesOnThereLater() {
    desk.network.pageSize = 2;
    mentions(6);
    desk.network.pollRefusals.add(MemoryNetwork.rateLimited(desk.now().plusSeconds(60)));
    desk.poll();
    assertThat(desk.network.polls).isEqualTo(1);
    desk.poll();
    assertThat(desk.network.polls).as("the limit holds in the next run too").isEqualTo(1);

    desk.pass(Duration.ofMinutes(2));
    desk.poll();

    assertThat(desk.network.replies).hasSize(6);
  }

  @Test
  void aPageThatHasExpiredStartsThePollAgain() {
    desk.store.update(X, state -> state.at(null, "1:1", null));
    mentions(1);
    desk.network.pollRefusals.add(MemoryNetwork.refusal(PlatformException.Kind.PAGE_EXPIRED));
    desk.poll();
    desk.poll();
    assertThat(desk.network.replies).hasSize(1);
  }

  @Test
  void overlappingPollsAnswerOnce() throws InterruptedException {
    List<Mention> all = mentions(12);
    AtomicBoolean failed = new AtomicBoolean();
    List<Thread> polls =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    Thread.ofPlatform()
                        .uncaughtExceptionHandler((thread, e) -> failed.set(true))
                        .start(desk::poll))
            .toList();
    for (Thread poll : polls) {
      poll.join();
    }
    desk.poll();
    assertThat(failed).isFalse();
    all.forEach(mention -> assertThat(desk.network.repliesTo(mention)).hasSize(1));
  }

  @Test
  void onePollAtATimeReads() {
    mentions(1);
    desk.mentions.leasePoll(X, Duration.ofMinutes(15)).orElseThrow();
    desk.poll();
    assertThat(desk.network.polls).isZero();
  }

  @Test
  void aSuspendedAccountIsLeftAloneForAWhileAndSaysSo() {
    desk.network.pollRefusals.add(MemoryNetwork.refusal(PlatformException.Kind.SUSPENDED));
    assertThat(desk.poll().pausedFor()).isEqualTo("suspended");
    desk.poll();
    assertThat(desk.network.polls).isEqualTo(1);
    desk.pass(Duration.ofMinutes(31));
    assertThat(desk.poll().pausedFor()).isNull();
    assertThat(desk.store.state(X)).extracting(BotState::pausedFor).isNull();
  }

  @Test
  void paidCallsStopAtTheMonthlyCapAndGoOnNextMonth() {
    try (Desk poor =
        new Desk(
            s3,
            MemoryNetwork.ONE_REPLY,
            "{\"maxAge\": \"P40D\", \"platforms\": {\"x\": {\"monthlyCapUsd\": 0.06}}}")) {
      poor.analyses.complete(Verdict.Level.LOW);
      for (int i = 0; i < 5; i++) {
        poor.network.tag().by("person" + i).post();
      }
      BotHealth health = poor.poll();
      assertThat(health.capReached()).isTrue();
      assertThat(health.spentMicros()).isBetween(40_000L, 60_000L);
      assertThat(poor.network.replies).hasSizeBetween(1, 4);

      poor.pass(Duration.ofDays(31));
      poor.poll();
      assertThat(poor.network.replies).hasSizeBetween(2, 5);
    }
  }

  @Test
  void aHandledMentionCostsWhatThePlatformsListSays() {
    mentions(1);
    assertThat(desk.poll().spentMicros()).isEqualTo(1_000 + 5_000 + 10_000);
  }

  @Test
  void theHealthSaysHowTheBotDoes() {
    desk.analyses.byDefault = new AnalysisResult.Running();
    mentions(2);
    desk.network.tag().by(MemoryNetwork.BOT).post();
    desk.poll();
    desk.pass(Duration.ofMinutes(10));
    BotHealth waiting = desk.poll();
    assertThat(waiting.queue().open()).isEqualTo(2);
    assertThat(waiting.queue().oldestSeconds()).isEqualTo(600);
    assertThat(waiting.today().seen()).isEqualTo(3);
    assertThat(waiting.today().ignored()).containsEntry("self", 1L);

    desk.analyses.complete(Verdict.Level.LOW);
    BotHealth done = desk.poll();
    assertThat(done.today().replied()).isEqualTo(2);
    assertThat(done.latencySeconds()).isEqualTo(600.0);
    assertThat(done.queue().oldestSeconds()).isZero();
    assertThat(desk.metricLines).anyMatch(line -> line.contains("MentionQueueAge"));
  }
}
