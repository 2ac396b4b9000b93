package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.storage.DeletionPlant.bytes;
import static org.touchstone.storage.DeletionPlant.sha256;
import static org.touchstone.storage.Samples.ID;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.Json;
import software.amazon.awssdk.services.s3.S3Client;

/** Media are deleted when nobody uses them, and never while somebody begins to. */
class MediaDisposalTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final String PICTURE = "a picture";

  private LoopbackExecutions executions;
  private DeletionPlant plant;

  @BeforeEach
  void open() throws IOException {
    executions = new LoopbackExecutions();
    plant = plant(BUCKET.client());
  }

  @AfterEach
  void close() {
    executions.close();
  }

  private DeletionPlant plant(S3Client s3) {
    return new DeletionPlant(s3, BUCKET.name(), BUCKET.presigner(), executions.executions());
  }

  private String condemned() {
    return "condemned/" + sha256(PICTURE) + ".json";
  }

  private void unusedMedium() {
    plant.store("gone", ID, PICTURE);
    plant.objects.list("references/").forEach(plant.objects::delete);
    plant.objects.put("reports/" + sha256(PICTURE) + "/x.json", bytes("{}"), "application/json");
  }

  @Test
  void deletesAMediumThatNobodyRefersToWithItsReports() {
    unusedMedium();

    assertThat(plant.disposal.dispose(sha256(PICTURE))).isTrue();

    assertThat(plant.hasMedium(PICTURE)).isFalse();
    assertThat(plant.objects.list("reports/")).isEmpty();
    assertThat(plant.objects.list("condemned/")).isEmpty();
  }

  /** Before each of the requests by which a medium is deleted, an analysis begins to use it. */
  @Test
  void aMediumThatComesIntoUseAtAnyMomentOfItsDeletionIsThereAfterwards() throws Exception {
    int number = 0;
    while (true) {
      unusedMedium();
      AtomicReference<CompletableFuture<Void>> user = new AtomicReference<>();
      try (WatchedHttpClient http =
              WatchedHttpClient.beforeRequest(number, () -> user.set(startUsing(plant)));
          S3Client s3 = BUCKET.client(http)) {
        plant(s3).disposal.dispose(sha256(PICTURE));
      }
      if (user.get() == null) {
        break;
      }
      user.get().get(60, TimeUnit.SECONDS);
      assertThat(plant.hasMedium(PICTURE)).as("before request %s", number).isTrue();
      assertThat(plant.objects.list("references/")).hasSize(1);
      number++;
    }
    assertThat(number).isGreaterThan(5);
    assertThat(plant.hasMedium(PICTURE)).isFalse();
  }

  /** Starts to use the medium, and gives it time to get as far as it can. */
  private static CompletableFuture<Void> startUsing(DeletionPlant plant) {
    CompletableFuture<Void> using =
        CompletableFuture.runAsync(() -> plant.store("new", ID, PICTURE));
    try {
      using.get(400, TimeUnit.MILLISECONDS);
    } catch (TimeoutException waitsForTheDeletion) {
      return using;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    return using;
  }

  /** Before each of the requests by which an analysis begins to use a medium, it is deleted. */
  @Test
  void aMediumThatIsDeletedAtAnyMomentOfItsComingIntoUseIsThereAfterwards() {
    int number = 0;
    AtomicBoolean reached = new AtomicBoolean(true);
    while (reached.getAndSet(false)) {
      unusedMedium();
      try (WatchedHttpClient http =
              WatchedHttpClient.beforeRequest(
                  number,
                  () -> {
                    reached.set(true);
                    plant.disposal.dispose(sha256(PICTURE));
                  });
          S3Client s3 = BUCKET.client(http)) {
        plant(s3).store("new", ID, PICTURE);
      }
      assertThat(plant.hasMedium(PICTURE)).as("before request %s", number).isTrue();
      assertThat(plant.objects.list("references/")).hasSize(1);
      number++;
    }
    assertThat(number).isGreaterThan(4);
  }

  @Test
  void aLargeMediumThatVanishedIsCompletedFromTheBytesThatCame() {
    String zeros = "0".repeat(IncomingMedium.PART_BYTES + 5);
    byte[] large = bytes(zeros);
    String sha256 = sha256(zeros);
    MediaStore media = new MediaStore(plant.objects, BUCKET.client(), BUCKET.presigner());
    MediaOwner owner = new MediaOwner("new", ID);
    plant.objects.put("media/" + sha256, large, "video/mp4");
    try (IncomingMedium incoming = media.receive()) {
      incoming.write(large, 0, large.length);
      incoming.finish(sha256);
      plant.objects.delete("media/" + sha256);

      incoming.store("video/mp4", owner);
    }
    assertThat(plant.objects.read("media/" + sha256).orElseThrow().body()).isEqualTo(large);
    assertThat(plant.objects.metadata("media/" + sha256).orElseThrow())
        .containsKey(MediaReferences.METADATA);
    assertThat(plant.objects.list("incoming/")).isEmpty();
  }

  @Test
  void mediaOfEarlierVersionsAreLeftToTheLifecycleRules() {
    plant.objects.put("media/" + sha256(PICTURE), bytes(PICTURE), "image/png");
    plant.objects.put("reports/" + sha256(PICTURE) + "/x.json", bytes("{}"), "application/json");
    // Its use by this version does not mean that no analysis of an earlier one uses it.
    plant.later(Duration.ofDays(2));
    plant.store("account", ID, PICTURE);
    plant.objects.list("references/").forEach(plant.objects::delete);

    assertThat(plant.disposal.dispose(sha256(PICTURE))).isTrue();

    assertThat(plant.hasMedium(PICTURE)).isTrue();
    assertThat(plant.objects.list("reports/")).isNotEmpty();
    assertThat(plant.objects.list("condemned/")).isEmpty();
  }

  @Test
  void reportsGoAlsoWhenTheMediumHasExpired() {
    unusedMedium();
    plant.objects.delete("media/" + sha256(PICTURE));

    assertThat(plant.disposal.dispose(sha256(PICTURE))).isTrue();

    assertThat(plant.objects.list("reports/")).isEmpty();
  }

  @Test
  void whatSomebodyElseIsAboutToDeleteIsLeftToThemUntilTheyMustHaveDied() {
    unusedMedium();
    MediaReferences.Condemned others =
        new MediaReferences.Condemned("other", plant.now().plus(MediaReferences.CONDEMNED_FOR));
    plant.objects.put(condemned(), Json.bytes(others), "application/json");

    assertThat(plant.disposal.dispose(sha256(PICTURE))).isFalse();
    assertThat(plant.hasMedium(PICTURE)).isTrue();

    plant.later(Duration.ofMinutes(3));
    assertThat(plant.disposal.dispose(sha256(PICTURE))).isTrue();
    assertThat(plant.hasMedium(PICTURE)).isFalse();
    assertThat(plant.objects.list("condemned/")).isEmpty();
  }

  @Test
  void nobodyWaitsForOneWhoDied() {
    MediaReferences.Condemned dead =
        new MediaReferences.Condemned("dead", plant.now().minus(Duration.ofMinutes(2)));
    plant.objects.put(condemned(), Json.bytes(dead), "application/json");

    plant.store("account", ID, PICTURE);

    assertThat(plant.hasMedium(PICTURE)).isTrue();
  }
}
