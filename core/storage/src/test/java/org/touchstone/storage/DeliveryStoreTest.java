package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.webhook.Attempt;
import org.touchstone.domain.webhook.DeliveryStatus;
import org.touchstone.domain.webhook.EventType;

class DeliveryStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String WEBHOOK = "7".repeat(26);

  private DeliveryStore deliveries;

  @BeforeEach
  void open() {
    deliveries = new DeliveryStore(BUCKET.objects());
  }

  private static String event(int number) {
    return "evt_%032x".formatted(number);
  }

  private static StoredDelivery delivery(int number, Instant at) {
    return new StoredDelivery(
        event(number),
        "a",
        WEBHOOK,
        EventType.ANALYSIS_COMPLETED,
        Samples.ID,
        "https://desk.example.org/events",
        "{}",
        List.of(WEBHOOK),
        DeliveryStatus.PENDING,
        at,
        at,
        at,
        null,
        List.of());
  }

  @Test
  void firstCallForAnEventHolds() throws Exception {
    List<StoredDelivery> stored =
        Race.run(6, i -> deliveries.create(delivery(1, NOW.plusSeconds(i))));

    assertThat(stored).containsOnly(stored.getFirst());
    assertThat(deliveries.list("a", WEBHOOK, null, 10).deliveries()).hasSize(1);
  }

  @Test
  void areListedNewestFirstInPages() {
    for (int i = 0; i < 5; i++) {
      deliveries.create(delivery(i, NOW.plusSeconds(i)));
    }

    DeliveryStore.Page first = deliveries.list("a", WEBHOOK, null, 3);
    DeliveryStore.Page second = deliveries.list("a", WEBHOOK, first.nextCursor(), 3);

    assertThat(first.deliveries())
        .extracting(StoredDelivery::id)
        .containsExactly(event(4), event(3), event(2));
    assertThat(second.deliveries())
        .extracting(StoredDelivery::id)
        .containsExactly(event(1), event(0));
    assertThat(second.nextCursor()).isNull();
    assertThat(deliveries.list("b", WEBHOOK, null, 3).deliveries()).isEmpty();
    assertThatThrownBy(() -> deliveries.list("a", WEBHOOK, "../x", 3))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void oneOfManyWorkersClaimsAnAttempt() throws Exception {
    deliveries.create(delivery(1, NOW));
    DeliveryStore.Found found = deliveries.find("a", WEBHOOK, event(1)).orElseThrow();

    List<Boolean> claims =
        Race.run(6, i -> deliveries.replace(found, found.delivery().claimed(NOW.plusSeconds(i))));

    assertThat(claims).containsOnlyOnce(true);
  }

  @Test
  void pendingOnesAreFoundAndTheMessageOfOthersMayBeForgotten() {
    deliveries.create(delivery(1, NOW));
    deliveries.create(delivery(2, NOW));
    deliveries.update(
        "a",
        WEBHOOK,
        event(1),
        d -> d.settled(new Attempt(NOW, 1L, 200, null), DeliveryStatus.DELIVERED));

    deliveries.forgetBody("a", WEBHOOK, event(1));
    deliveries.forgetBody("a", WEBHOOK, event(2));

    assertThat(deliveries.pending()).extracting(StoredDelivery::id).containsExactly(event(2));
    assertThat(deliveries.find("a", WEBHOOK, event(1)).orElseThrow().delivery().mayBeRetried())
        .isFalse();
    assertThat(deliveries.find("a", WEBHOOK, event(2)).orElseThrow().delivery().mayBeRetried())
        .isTrue();
  }

  @Test
  void idsOfOtherFormsAreUnknown() {
    assertThat(deliveries.find("a", WEBHOOK, "../../x")).isEmpty();
    assertThat(deliveries.find("a", "../x", event(1))).isEmpty();
    assertThat(deliveries.find("../x", WEBHOOK, event(1))).isEmpty();
  }
}
