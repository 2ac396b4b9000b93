package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Json;
import org.touchstone.storage.PartnerLedger.Claim;

class PartnerLedgerTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final Instant NOW = Instant.parse("2026-11-30T23:59:30Z");
  private static final Duration LASTS = Duration.ofSeconds(60);
  private static final String MEDIUM = "a".repeat(32);
  private static final DetectorReport REPORT =
      DetectorReport.scored("hive", "v", Category.GENERATIVE, 0.5, null, null);

  private PartnerLedger ledger;

  @BeforeEach
  void open() {
    ledger = new PartnerLedger(BUCKET.objects());
  }

  private Claim claim(Instant now) {
    return ledger.claim(Samples.ID, MEDIUM, "hive", now, LASTS);
  }

  @Test
  void oneOfManyHoldsAQuestion() throws Exception {
    List<Claim> claims = Race.run(8, i -> claim(NOW));

    assertThat(claims).filteredOn(Claim.Held.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(Claim.Taken.class::isInstance).hasSize(7);
  }

  @Test
  void answerIsThatOfEveryLaterClaim() {
    ((Claim.Held) claim(NOW)).question().answer(REPORT);

    assertThat(claim(NOW)).isEqualTo(new Claim.Answered(REPORT));
    assertThat(claim(NOW.plus(Duration.ofHours(1)))).isEqualTo(new Claim.Answered(REPORT));
  }

  @Test
  void questionOfWhoeverDiedIsTakenOverWithWhatIsKnown() throws Exception {
    PartnerLedger.Question first = ((Claim.Held) claim(NOW)).question();
    first.keep(Map.of("id", "t1"), List.of(new Finding("Hive", "sent", "now")));

    assertThat(claim(NOW.plus(LASTS).minusMillis(1))).isInstanceOf(Claim.Taken.class);
    List<Claim> later = Race.run(8, i -> claim(NOW.plus(LASTS)));

    assertThat(later).filteredOn(Claim.Held.class::isInstance).hasSize(1);
    PartnerQuestion state =
        later.stream()
            .filter(Claim.Held.class::isInstance)
            .map(held -> ((Claim.Held) held).question().state())
            .findFirst()
            .orElseThrow();
    assertThat(state.id()).isEqualTo(first.state().id());
    assertThat(state.kept()).containsEntry("id", "t1");
    assertThat(state.sent()).hasSize(1);
  }

  @Test
  void whoeverComesBackLateDoesNotReplaceTheAnswer() {
    PartnerLedger.Question late = ((Claim.Held) claim(NOW)).question();
    ((Claim.Held) claim(NOW.plus(LASTS))).question().answer(REPORT);

    DetectorReport other = DetectorReport.scored("hive", "v", Category.GENERATIVE, 0.9, null, null);
    late.keep(Map.of("id", "t2"), List.of());

    assertThat(late.answer(other)).isEqualTo(REPORT);
    assertThat(claim(NOW)).isEqualTo(new Claim.Answered(REPORT));
  }

  @Test
  void questionThatAwaitsItsCallbackIsHeldByNobody() throws Exception {
    PartnerLedger.Question first = ((Claim.Held) claim(NOW)).question();
    first.expect("c".repeat(64), NOW.plusSeconds(600));
    assertThat(claim(NOW)).as("while it is put").isInstanceOf(Claim.Taken.class);
    first.release(Map.of("id", "t1"), List.of(new Finding("Hive", "sent", "now")), NOW);

    List<Claim> claims = Race.run(4, i -> claim(NOW.plusSeconds(1)));

    assertThat(claims)
        .allSatisfy(
            claim ->
                assertThat(((Claim.Waits) claim).question().state().awaited())
                    .isEqualTo(
                        new PartnerQuestion.Awaited("c".repeat(64), NOW.plusSeconds(600), true)));
    DetectorReport other = DetectorReport.scored("hive", "v", Category.GENERATIVE, 0.9, null, null);
    assertThat(((Claim.Waits) claims.get(0)).question().answer(REPORT)).isEqualTo(REPORT);
    assertThat(((Claim.Waits) claims.get(1)).question().answer(other)).isEqualTo(REPORT);
  }

  @Test
  void questionWhoseAskerDiedBeforeItWasPutIsTakenOverWithItsCallback() {
    PartnerLedger.Question first = ((Claim.Held) claim(NOW)).question();
    first.expect("c".repeat(64), NOW.plusSeconds(600));

    PartnerQuestion state = ((Claim.Held) claim(NOW.plus(LASTS))).question().state();

    assertThat(state.awaited().callback()).isEqualTo("c".repeat(64));
  }

  @Test
  void monthRemembersAsManyQuestionsAsItsBound() {
    int more = 3;
    List<String> recent =
        IntStream.range(0, PartnerLedger.REMEMBERED).mapToObj(i -> "q" + i).toList();
    BUCKET
        .objects()
        .put(
            "partners/hive/2026-11.json",
            Json.bytes(new PartnerLedger.Month(PartnerLedger.REMEMBERED, 0, recent)),
            "application/json");

    for (int i = 0; i < more; i++) {
      assertThat(ledger.count("hive", "new" + i, 1, null, NOW)).isTrue();
    }

    PartnerLedger.Month month = month();
    assertThat(month.recent()).hasSize(PartnerLedger.REMEMBERED);
    assertThat(month.recent()).startsWith("q" + more).endsWith("new" + (more - 1));
    ledger.count("hive", "q" + more, 1, null, NOW);
    assertThat(month()).as("a remembered one is not counted again").isEqualTo(month);
    ledger.count("hive", "q0", 1, null, NOW);
    assertThat(month().calls()).as("a forgotten one is").isEqualTo(month.calls() + 1);
  }

  private static PartnerLedger.Month month() {
    return Json.read(
        BUCKET.objects().read("partners/hive/2026-11.json").orElseThrow().body(),
        PartnerLedger.Month.class);
  }

  @Test
  void monthIsCountedExactlyByManyAtOnce() throws Exception {
    List<Boolean> counted =
        Race.run(12, i -> ledger.count("hive", "q" + i, 200_000, 1_000_000L, NOW));

    assertThat(counted).filteredOn(yes -> yes).hasSize(5);
    assertThat(ledger.count("hive", "late", 1, 1_000_000L, NOW)).isFalse();
  }

  @Test
  void questionIsCountedOnceHoweverOftenItIsPut() {
    for (int i = 0; i < 5; i++) {
      assertThat(ledger.count("hive", "q", 600_000, 1_000_000L, NOW)).isTrue();
    }
    assertThat(ledger.count("hive", "other", 600_000, 1_000_000L, NOW)).isFalse();
    assertThat(ledger.count("hive", "other", 400_000, 1_000_000L, NOW)).isTrue();
  }

  @Test
  void votersAndMonthsAreCountedApart() {
    assertThat(ledger.count("hive", "a", 1_000_000, 1_000_000L, NOW)).isTrue();
    assertThat(ledger.count("other", "b", 1_000_000, 1_000_000L, NOW)).isTrue();
    assertThat(ledger.count("hive", "c", 1_000_000, 1_000_000L, NOW.plusSeconds(30))).isTrue();
    assertThat(ledger.count("hive", "d", 5, null, NOW)).isTrue();
  }

  @Test
  void minuteAdmitsItsNumber() throws Exception {
    List<Boolean> admitted = Race.run(6, i -> ledger.admit("hive", 4, NOW));

    assertThat(admitted).filteredOn(yes -> yes).hasSize(4);
    assertThat(ledger.admit("hive", 4, NOW)).isFalse();
    assertThat(ledger.admit("hive", 4, NOW.plusSeconds(30))).isTrue();
    assertThat(ledger.admit("other", 1, NOW)).isTrue();
  }

  @Test
  void refusesNamesThatWouldReachOtherKeys() {
    assertThatThrownBy(() -> ledger.claim(Samples.ID, MEDIUM, "../x", NOW, LASTS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ledger.count("a/b", "q", 1, null, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ledger.admit("", 1, NOW)).isInstanceOf(IllegalArgumentException.class);
  }
}
