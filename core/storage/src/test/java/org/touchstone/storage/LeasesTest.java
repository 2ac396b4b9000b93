package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeasesTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String ID = Samples.ID;

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private ObjectStore objects;
  private Leases leases;

  @BeforeEach
  void open() {
    objects = BUCKET.objects();
    leases = new Leases(objects, () -> now);
  }

  @Test
  void oneHasARequestUntilItIsGivenBack() {
    Leases.Lease first = leases.takeRequest(ID, MINUTE).orElseThrow();
    assertThat(leases.takeRequest(ID, MINUTE)).isEmpty();

    leases.release(first);

    assertThat(leases.takeRequest(ID, MINUTE)).isPresent();
  }

  @Test
  void leaseOfTheDeadEndsAndWhatTheyGiveBackLateStaysTheOthers() {
    Leases.Lease dead = leases.takeRequest(ID, MINUTE).orElseThrow();
    now = now.plus(MINUTE);
    leases.takeRequest(ID, MINUTE).orElseThrow();

    leases.release(dead);

    assertThat(leases.takeRequest(ID, MINUTE)).isEmpty();
  }

  @Test
  void placesAreTakenByNoMoreThanThereAre() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<Optional<Leases.Lease>>> all =
          IntStream.range(0, 16)
              .mapToObj(i -> threads.submit(() -> leases.takeSlot("waits/a", 5, 5, MINUTE)))
              .toList();
      int taken = 0;
      for (Future<Optional<Leases.Lease>> one : all) {
        taken += one.get().isPresent() ? 1 : 0;
      }
      assertThat(taken).isBetween(1, 5);
    }
    while (leases.takeSlot("waits/a", 5, 5, MINUTE).isPresent()) {
      // Those that a race left free.
    }
    assertThat(objects.list("slots/")).hasSize(5);
    assertThat(leases.takeSlot("waits/b", 5, 5, MINUTE)).isPresent();
  }

  @Test
  void objectThatIsNoLeaseHoldsNothing() {
    leases.takeRequest(ID, MINUTE);
    objects.put("analyses/" + ID + "/claim.json", new byte[] {'x'}, "text/plain");

    assertThat(leases.takeRequest(ID, MINUTE)).isPresent();
  }
}
