package org.touchstone.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchLineState;
import org.touchstone.domain.batch.BatchProgress;
import org.touchstone.domain.batch.BatchTask;
import org.touchstone.domain.batch.LineStatus;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.WebhookEvent;
import org.touchstone.testing.Interruptions;
import software.amazon.awssdk.services.sfn.model.SfnException;

class FollowerTest {
  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  private static List<Integer> lines(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void startsAsManyAsMayBeOpenAndTheNextWhenSomeEnd() {
    Batch batch = desk.batch(50);
    Follower follower = desk.follower(desk.recording());

    desk.tick(follower, batch, 0);
    assertThat(desk.running(batch)).isEqualTo(lines(1, Desk.AT_ONCE));

    desk.end(follower, batch, List.of(3, 4));
    assertThat(desk.running(batch)).hasSize(Desk.AT_ONCE).contains(21, 22).doesNotContain(3, 4);
    assertThat(desk.executions).hasSize(22).containsValue(1);
  }

  /**
   * Looks are killed before or after any of their calls, messages come twice, and ends are not
   * announced for a tenth of the lines.
   */
  @Test
  void startsEachOfAThousandLinesOnceHoweverOftenItIsKilled() {
    Batch batch = desk.batch(Batch.MAX_LINES);
    Random random = new Random(1);
    Set<Integer> ended = new TreeSet<>();
    int kills = 0;
    while (desk.progress(batch).endedAt() == null) {
      List<Integer> toEnd = new ArrayList<>(desk.running(batch));
      toEnd.removeIf(line -> !ended.add(line));
      for (int line : toEnd) {
        desk.fail(batch, line);
      }
      toEnd.removeIf(line -> line % 10 == 0);
      desk.interruptions.killAt(1 + random.nextInt(200), random.nextBoolean());
      try {
        // A process of its own each time.
        Follower follower = desk.follower(desk.recording());
        desk.end(follower, batch, toEnd);
        if (random.nextInt(3) == 0) {
          List<BatchTask> tasks = desk.sentTasks();
          desk.tick(follower, batch, tasks.isEmpty() ? 0 : tasks.getLast().tick());
        }
      } catch (Interruptions.Killed e) {
        kills++;
      }
      desk.interruptions.stop();
    }

    assertThat(kills).isGreaterThan(10);
    // Only what a killed look had started was asked for again.
    assertThat(desk.executions.values()).anyMatch(times -> times > 1);
    assertThat(desk.executions).hasSize(Batch.MAX_LINES);
    assertThat(desk.progress(batch).count(LineStatus.FAILED)).isEqualTo(Batch.MAX_LINES);
    assertThat(desk.sentEvents())
        .extracting(WebhookEvent::type, WebhookEvent::subject)
        .containsOnly(tuple(EventType.BATCH_COMPLETED, batch.id()));
    assertThat(desk.sentEvents())
        .extracting(WebhookEvent::id)
        .containsOnly(desk.sentEvents().getFirst().id());
  }

  @Test
  void levelOfAnEndWhoseEventWasLostIsThatWhichPeopleDecided() {
    Batch batch = desk.batch(1);
    Follower follower = desk.follower(desk.recording());
    desk.tick(follower, batch, 0);

    desk.completeAsLabelledAuthentic(batch, 1);
    desk.tick(follower, batch, 1);

    assertThat(desk.progress(batch).lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo(Verdict.Level.LOW);
              assertThat(line.confidence()).as("of what the detectors said").isNull();
            });
  }

  @Test
  void nothingWaitsForAnEventThatWasLost() {
    Batch batch = desk.batch(3);
    Follower follower = desk.follower(desk.recording());
    desk.tick(follower, batch, 0);
    assertThat(desk.sentTasks()).extracting(BatchTask::tick).containsExactly(1);
    assertThat(desk.lastDelay()).isEqualTo(120);

    lines(1, 3).forEach(line -> desk.fail(batch, line));
    desk.tick(follower, batch, 1);

    assertThat(desk.progress(batch).endedAt()).isNotNull();
    assertThat(desk.sentTasks()).hasSize(1);
    assertThat(desk.sentEvents()).hasSize(1);
  }

  @Test
  void messageThatComesTwiceGivesOneChainOfLooks() {
    Batch batch = desk.batch(3);
    Follower follower = desk.follower(desk.recording());

    desk.tick(follower, batch, 0);
    desk.tick(follower, batch, 0);
    desk.tick(follower, batch, 1);
    desk.tick(follower, batch, 1);

    assertThat(desk.sentTasks()).extracting(BatchTask::tick).containsExactly(1, 2);
  }

  @Test
  void chainThatWasLostBeginsAgainWithTheNextEvent() {
    Batch batch = desk.batch(30);
    Follower follower = desk.follower(desk.recording());
    desk.tick(follower, batch, 0);
    desk.end(follower, batch, List.of(1));
    assertThat(desk.sentTasks()).hasSize(1);

    desk.pass(Duration.ofMinutes(16));
    desk.end(follower, batch, List.of(2));

    assertThat(desk.sentTasks()).extracting(BatchTask::tick).containsExactly(1, 2);
  }

  @Test
  void linesAreStartedSoonAgainWhenTooManyAreStarted() {
    Batch batch = desk.batch(10);
    Starter throttled =
        (of, item) -> {
          if (item.line() == 4) {
            throw SfnException.builder().message("Rate exceeded").statusCode(400).build();
          }
          return desk.recording().start(of, item);
        };

    desk.tick(desk.follower(throttled), batch, 0);

    assertThat(desk.running(batch)).containsExactly(1, 2, 3);
    assertThat(desk.lastDelay()).isBetween(5, 10);
    desk.tick(desk.follower(desk.recording()), batch, 1);
    assertThat(desk.running(batch)).isEqualTo(lines(1, 10));
  }

  @Test
  void lineThatIsNotAcceptedDoesNotStopTheOthers() {
    Batch batch = desk.batch(3);
    Starter picky =
        (of, item) -> {
          if (item.line() == 2) {
            throw new ProblemException(ProblemType.LINK_INVALID);
          }
          return desk.recording().start(of, item);
        };

    desk.tick(desk.follower(picky), batch, 0);

    assertThat(desk.running(batch)).containsExactly(1, 3);
    BatchLineState refused = desk.progress(batch).lines().get(1);
    assertThat(refused.status()).isEqualTo(LineStatus.REFUSED);
    assertThat(refused.problem().type()).isEqualTo(ProblemType.LINK_INVALID);
  }

  @Test
  void capStopsTheRest() {
    Batch batch = desk.batch(10);
    Starter capped =
        (of, item) -> {
          if (item.line() > 4) {
            throw new ProblemException(ProblemType.CAP_REACHED);
          }
          return desk.recording().start(of, item);
        };
    Follower follower = desk.follower(capped);

    desk.tick(follower, batch, 0);

    BatchProgress progress = desk.progress(batch);
    assertThat(desk.running(batch)).isEqualTo(lines(1, 4));
    assertThat(progress.count(LineStatus.REFUSED)).isEqualTo(6);
    assertThat(progress.lines().getLast().problem().type()).isEqualTo(ProblemType.CAP_REACHED);
    desk.end(follower, batch, lines(1, 4));
    assertThat(desk.progress(batch).endedAt()).isNotNull();
  }

  @Test
  void requestThatIsInFlightIsAskedForAgain() {
    Batch batch = desk.batch(2);
    Starter busy =
        (of, item) -> {
          if (item.line() == 1) {
            throw new ProblemException(ProblemType.REQUEST_IN_FLIGHT);
          }
          return desk.recording().start(of, item);
        };

    desk.tick(desk.follower(busy), batch, 0);

    assertThat(desk.progress(batch).lines().getFirst().status()).isEqualTo(LineStatus.WAITING);
    assertThat(desk.lastDelay()).isBetween(5, 10);
  }

  @Test
  void cancelledWhileLinesAreStartedNothingMoreIsStarted() {
    Batch batch = desk.batch(30);
    Starter cancelling =
        (of, item) -> {
          if (item.line() == 7) {
            desk.batches.cancel(Desk.ACCOUNT, of.id(), desk.clock().instant());
          }
          return desk.recording().start(of, item);
        };
    Follower follower = desk.follower(cancelling);

    desk.tick(follower, batch, 0);

    assertThat(desk.running(batch)).isEqualTo(lines(1, 7));
    assertThat(desk.executions).hasSize(7);
    assertThat(desk.progress(batch).count(LineStatus.CANCELLED)).isEqualTo(23);
    assertThat(desk.progress(batch).endedAt()).isNull();
    desk.end(follower, batch, lines(1, 7));
    assertThat(desk.progress(batch).endedAt()).isNotNull();
    assertThat(desk.sentEvents().getFirst().data().path("status").asText()).isEqualTo("cancelled");
  }

  @Test
  void analysisThatADeadLookStartedIsNotCalledCancelled() {
    Batch batch = desk.batch(30);
    desk.store(batch, 1);
    desk.batches.cancel(Desk.ACCOUNT, batch.id(), desk.clock().instant());

    desk.tick(desk.follower(desk.recording()), batch, 0);

    assertThat(desk.running(batch)).containsExactly(1);
    assertThat(desk.progress(batch).count(LineStatus.CANCELLED)).isEqualTo(29);
  }

  @Test
  void analysisThatWasDeletedDoesNotKeepTheBatchOpen() {
    Batch batch = desk.batch(1);
    Follower follower = desk.follower((of, item) -> Desk.id(of, item.line()));
    desk.tick(follower, batch, 0);

    desk.tick(follower, batch, 1);

    BatchLineState line = desk.progress(batch).lines().getFirst();
    assertThat(line.status()).isEqualTo(LineStatus.FAILED);
    assertThat(line.problem().type()).isEqualTo(ProblemType.ANALYSIS_NOT_FOUND);
  }

  @Test
  void lineWhoseAnalysisWasDeletedBeforeItWasSaidToBeStartedIsNotStartedAgain() {
    Batch asked = desk.batch(1);
    Batch left =
        new Batch(
            "6".repeat(26),
            Desk.ACCOUNT,
            "key",
            asked.createdAt(),
            asked.options(),
            List.of(asked.items().getFirst().withoutLink()),
            List.of());
    desk.batches.create(left, "request");

    desk.tick(desk.follower(desk.recording()), left, 0);

    assertThat(desk.executions).isEmpty();
    BatchLineState line = desk.progress(left).lines().getFirst();
    assertThat(line.status()).isEqualTo(LineStatus.FAILED);
    assertThat(line.problem().type()).isEqualTo(ProblemType.ANALYSIS_NOT_FOUND);
  }

  @Test
  void faultOfOursIsTriedAgainAndNotRecordedOnTheLine() {
    Batch batch = desk.batch(1);
    Starter broken =
        (of, item) -> {
          throw new ProblemException(ProblemType.STORAGE_FULL);
        };

    assertThatThrownBy(() -> desk.tick(desk.follower(broken), batch, 0))
        .isInstanceOf(ProblemException.class);
    assertThat(desk.progress(batch).count(LineStatus.WAITING)).isEqualTo(1);
  }
}
