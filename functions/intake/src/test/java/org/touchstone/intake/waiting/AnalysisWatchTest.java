package org.touchstone.intake.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Ids;
import org.touchstone.storage.Leases;
import org.touchstone.storage.ObjectStore;
import software.amazon.awssdk.services.s3.S3Client;

class AnalysisWatchTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private static EmbeddedS3 server;
  private static S3Client s3;
  private static int tests;

  private final List<Duration> pauses = new ArrayList<>();
  private AnalysisStore analyses;
  private Leases leases;
  private ObjectStore objects;
  private String id;

  @BeforeAll
  static void startS3() {
    server = EmbeddedS3.inMemory();
    s3 = server.client();
  }

  @AfterAll
  static void stopS3() {
    s3.close();
    server.close();
  }

  @BeforeEach
  void store() {
    String bucket = "watch-" + tests++;
    server.createBucket(bucket);
    objects = new ObjectStore(s3, bucket);
    analyses = new AnalysisStore(objects);
    leases = new Leases(objects, InstantSource.system());
    id = Ids.analysisIdFor("account", bucket);
    analyses.create(
        new AnalysisRequest(
            id, "account", "key", AnalysisInput.ofUrl("https://a.example/"), null, Instant.now()));
  }

  /** A watch that notes its pauses instead of making them. */
  private AnalysisWatch watch(int concurrency, Runnable onPause) {
    return new AnalysisWatch(
        analyses,
        leases,
        concurrency,
        duration -> {
          pauses.add(duration);
          onPause.run();
        });
  }

  @Test
  void looksEverySecondAndThenEveryTwo() {
    AnalysisWatch watch =
        watch(
            200,
            () -> {
              if (pauses.size() == 6) {
                analyses.markResolving(id, Instant.now());
              }
            });

    assertThat(watch.changes("account", id, analyses.parts(id), LONG)).isTrue();
    assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 1L, 1L, 1L, 2L, 2L);
  }

  @Test
  void noticesWhatWasAddedBeforeItLooks() {
    Set<String> before = analyses.parts(id);
    analyses.markResolving(id, Instant.now());

    assertThat(watch(200, () -> {}).changes("account", id, before, LONG)).isTrue();
    assertThat(pauses).hasSize(1);
  }

  @Test
  void evidenceIsNoChange() {
    Set<String> before = analyses.parts(id);
    objects.put("analyses/" + id + "/evidence/x", new byte[] {1}, "image/png");

    assertThat(analyses.parts(id)).isEqualTo(before);
  }

  @Test
  void givesItsPlaceBack() {
    for (int i = 0; i < 2 * AnalysisWatch.OF_AN_ACCOUNT; i++) {
      pauses.clear();
      watch(10, () -> {}).changes("account", id, Set.of(), LONG);
      assertThat(pauses).isNotEmpty();
    }
  }

  @Test
  void doesNotWaitWhereTheAccountOrTheDeploymentHasNoPlaceLeft() {
    Leases.Lease place = leases.takeSlot("waits", 1, 1, LONG).orElseThrow();
    assertThat(watch(19, () -> {}).changes("account", id, Set.of(), LONG)).isFalse();
    leases.release(place);
    for (int i = 0; i < AnalysisWatch.OF_AN_ACCOUNT; i++) {
      leases.takeSlot("waits/account", AnalysisWatch.OF_AN_ACCOUNT, 10, LONG).orElseThrow();
    }
    assertThat(watch(19, () -> {}).changes("account", id, Set.of(), LONG)).isFalse();
    assertThat(pauses).isEmpty();
    assertThat(watch(19, () -> {}).changes("other", id, Set.of(), LONG)).isTrue();
  }
}
