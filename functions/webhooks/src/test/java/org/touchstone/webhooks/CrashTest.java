package org.touchstone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.webhook.DeliveryStatus;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.StoredDelivery;

/** Workers that are killed after any of their calls of S3 and SQS. */
class CrashTest {
  private static final int ENOUGH = 60;

  private static EmbeddedS3 s3;

  @BeforeAll
  static void start() {
    s3 = EmbeddedS3.inMemory();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @Test
  void nothingIsLostAndEveryRepetitionHasTheSameId() {
    List<Integer> killed = new ArrayList<>();
    int calls = 1;
    while (isKilledAfter(calls)) {
      killed.add(calls);
      calls++;
      assertThat(calls).as("calls of a delivery").isLessThan(ENOUGH);
    }
    assertThat(killed).hasSizeGreaterThan(15);
  }

  /** Delivers an event to two receivers, one of which fails once, and kills one worker. */
  private static boolean isKilledAfter(int calls) {
    try (PostOffice office = new PostOffice(s3);
        LoopbackReceiver first = LoopbackReceiver.answering(200);
        LoopbackReceiver second = LoopbackReceiver.answering(500, 200)) {
      List<String> ids =
          List.of(office.webhook(first).webhook().id(), office.webhook(second).webhook().id());
      office.complete(PostOffice.ANALYSIS, null, null);
      office.queue.putBack(PostOffice.ended(PostOffice.ANALYSIS), office.now());
      office.callsToLive.set(calls);

      office.work(office.now().plus(Duration.ofDays(2)));

      boolean wasKilled = office.callsToLive.get() <= 0;
      office.callsToLive.set(Integer.MAX_VALUE);
      for (String id : ids) {
        StoredDelivery delivery = office.delivery(id);
        assertThat(delivery.status()).as("after call " + calls).isEqualTo(DeliveryStatus.DELIVERED);
      }
      assertThat(first.told()).hasSizeBetween(1, 2);
      assertThat(second.told()).hasSizeBetween(2, 3);
      List<LoopbackReceiver.Told> all = new ArrayList<>(first.told());
      all.addAll(second.told());
      assertThat(all).extracting(LoopbackReceiver.Told::id).containsOnly(all.getFirst().id());
      assertThat(office.analyses.deliveredAt(PostOffice.ANALYSIS)).isPresent();
      assertThat(office.queue.size()).isZero();
      return wasKilled;
    }
  }
}
