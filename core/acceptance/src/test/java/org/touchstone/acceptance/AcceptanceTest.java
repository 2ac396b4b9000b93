package org.touchstone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.billing.CapLimit;
import org.touchstone.billing.Caps;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.BatchLine;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.ObjectStore;
import software.amazon.awssdk.core.exception.SdkException;

class AcceptanceTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final int NEVER = Integer.MAX_VALUE;
  private static final AnalysisInput LINK = AnalysisInput.ofUrl("https://example.org/a.jpg");

  private static EmbeddedS3 server;
  private static int buckets;

  private Instant now;
  private String bucket;

  @BeforeAll
  static void startS3() {
    server = EmbeddedS3.inMemory();
  }

  @AfterAll
  static void stopS3() {
    server.close();
  }

  @BeforeEach
  void makeBucket() {
    bucket = "acceptance-" + buckets++;
    server.createBucket(bucket);
    now = NOW;
    Instance.STARTED.clear();
  }

  private Instance instance(int requests) {
    return new Instance(server, bucket, () -> now, requests, true);
  }

  private void cap(String accountId, long analyses) {
    instance(NEVER).spending.setCaps(accountId, new Caps(analyses, null, null, null));
  }

  private long used(String accountId) {
    return instance(NEVER)
        .spending
        .standing(accountId)
        .used()
        .getOrDefault(CapLimit.ANALYSES_PER_DAY, 0L);
  }

  private static AcceptRequest asked(String accountId, String idempotencyKey) {
    return AcceptRequest.of(accountId, "key", LINK, null, idempotencyKey);
  }

  @Test
  void acceptsABatchsLineOnce() {
    AcceptRequest line =
        new AcceptRequest("a", "key", LINK, null, null, null, null, new BatchLine("b", 7));

    AnalysisRequest first = instance(NEVER).acceptance.accept(line);
    AnalysisRequest again = instance(NEVER).acceptance.accept(line);

    assertThat(again).isEqualTo(first);
    assertThat(first.id()).isEqualTo(AcceptRequest.idOf("a", new BatchLine("b", 7)));
    assertThat(first.batch()).isEqualTo(new BatchLine("b", 7));
  }

  @Test
  void aCallKilledAnywhereIsEndedByTheNextAndCountsOnce() {
    int kills = 0;
    for (int requests = 0; ; requests++) {
      String account = "account" + requests;
      now = NOW;
      cap(account, 1);
      boolean killed = false;
      try {
        instance(requests).acceptance.accept(asked(account, "k"));
      } catch (Instance.Killed e) {
        killed = true;
        kills++;
      }
      // Then it counts as dead.
      now = NOW.plus(Duration.ofMinutes(2));
      AnalysisRequest accepted = instance(NEVER).acceptance.accept(asked(account, "k"));

      assertThat(Instance.STARTED).contains(accepted.id());
      assertThat(used(account)).isEqualTo(1);
      now = NOW.plus(Duration.ofHours(1));
      instance(NEVER).sweep.run(now, Duration.ofMinutes(1));
      assertThat(used(account)).isEqualTo(1);
      if (!killed) {
        break;
      }
    }
    assertThat(kills).isGreaterThan(5);
  }

  @Test
  void aCallKilledAndNeverRepeatedIsReleasedUnlessItWasStored() {
    int released = 0;
    for (int requests = 0; requests < 10; requests++) {
      String account = "account" + requests;
      long before = stored();
      now = NOW;
      cap(account, 1);
      try {
        instance(requests).acceptance.accept(asked(account, null));
      } catch (Instance.Killed e) {
        // As if its machine had been switched off.
      }
      now = NOW.plus(Duration.ofHours(1));
      instance(NEVER).sweep.run(now, Duration.ofMinutes(1));

      assertThat(used(account))
          .as("killed after %d requests", requests)
          .isEqualTo(stored() - before);
      released += stored() == before ? 1 : 0;
    }
    assertThat(released).isBetween(2, 8);
  }

  /** How many analyses are stored. */
  private long stored() {
    return new ObjectStore(server.client(), bucket)
        .list("analyses/").stream().filter(key -> key.endsWith("/request.json")).count();
  }

  @Test
  void aReachedCapStoresNothing() {
    cap("a", 1);
    instance(NEVER).acceptance.accept(asked("a", null));
    now = NOW.plus(Duration.ofMinutes(1));

    assertThatThrownBy(() -> instance(NEVER).acceptance.accept(asked("a", "k")))
        .isInstanceOf(ProblemException.class)
        .extracting(e -> ((ProblemException) e).problem())
        .extracting(Problem::type)
        .isEqualTo(ProblemType.CAP_REACHED);

    assertThat(instance(NEVER).analyses.list("a", null, 10).items()).hasSize(1);
    assertThat(used("a")).isEqualTo(1);
    cap("a", 2);
    now = NOW.plus(Duration.ofMinutes(3));
    assertThat(instance(NEVER).acceptance.accept(asked("a", "k"))).isNotNull();
  }

  @Test
  void whatCannotBeStartedIsReleased() {
    cap("a", 1);
    Instance broken = new Instance(server, bucket, () -> now, NEVER, false);

    assertThatThrownBy(() -> broken.acceptance.accept(asked("a", null)))
        .isInstanceOf(SdkException.class);

    assertThat(used("a")).isZero();
  }

  @Test
  void anotherBodyUnderTheSameKeyHoldsNothing() {
    cap("a", 5);
    instance(NEVER).acceptance.accept(asked("a", "k"));
    AcceptRequest other =
        AcceptRequest.of("a", "key", AnalysisInput.ofUrl("https://example.org/b.jpg"), null, "k");

    assertThatThrownBy(() -> instance(NEVER).acceptance.accept(other))
        .hasMessageContaining("idempotency");

    assertThat(used("a")).isEqualTo(1);
  }
}
