package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.storage.Samples.COMPLETE;
import static org.touchstone.storage.Samples.CREATED;
import static org.touchstone.storage.Samples.INPUT;
import static org.touchstone.storage.Samples.MEDIA;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Verdict;

class AnalysisListTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private ObjectStore objects;
  private AnalysisStore analyses;

  @BeforeEach
  void openBucket() {
    objects = BUCKET.objects();
    analyses = new AnalysisStore(objects);
  }

  @Test
  void listsAnAccountsAnalysesNewestFirstPageByPage() {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      newestFirst.addFirst(create("account", "n" + i, CREATED.plusMillis(i)));
    }
    create("other", "n", CREATED);
    create("key2", "n", CREATED);

    AnalysisPage first = analyses.list("account", null, 2);
    AnalysisPage second = analyses.list("account", first.nextCursor(), 2);
    AnalysisPage third = analyses.list("account", second.nextCursor(), 2);

    assertThat(ids(first)).isEqualTo(newestFirst.subList(0, 2));
    assertThat(ids(second)).isEqualTo(newestFirst.subList(2, 4));
    assertThat(ids(third)).isEqualTo(newestFirst.subList(4, 5));
    assertThat(third.nextCursor()).isNull();
  }

  @Test
  void keepsItsPlaceWhenNewAnalysesArrive() {
    String old = create("account", "old", CREATED);
    String middle = create("account", "middle", CREATED.plusSeconds(1));
    AnalysisPage first = analyses.list("account", null, 1);

    create("account", "new", CREATED.plusSeconds(2));

    assertThat(ids(first)).containsExactly(middle);
    assertThat(ids(analyses.list("account", first.nextCursor(), 10))).containsExactly(old);
  }

  @Test
  void summarisesAnAnalysis() {
    String done = create("account", "done", CREATED);
    String waiting = create("account", "waiting", CREATED.minusSeconds(1));
    analyses.saveOutcome(done, COMPLETE);

    assertThat(analyses.list("account", null, 10).items())
        .containsExactly(
            new AnalysisSummary(
                done, AnalysisStatus.COMPLETE, INPUT, CREATED, Verdict.Level.HIGH, null),
            new AnalysisSummary(
                waiting, AnalysisStatus.QUEUED, INPUT, CREATED.minusSeconds(1), null, null));
  }

  @Test
  void leavesOutAnAnalysisThatWasDeleted() {
    String kept = create("account", "kept", CREATED);
    String gone = create("account", "gone", CREATED.plusSeconds(1));
    objects.delete("analyses/" + gone + "/request.json");

    assertThat(ids(analyses.list("account", null, 10))).containsExactly(kept);
  }

  @Test
  void showsAnAnalysisThatHasEndedByItsEntryAlone() {
    String ended = end(create("account", "ended", CREATED));
    objects.delete("analyses/" + ended + "/media.json");
    objects.delete("analyses/" + ended + "/outcome.json");

    assertThat(analyses.list("account", null, 10).items())
        .containsExactly(
            new AnalysisSummary(
                ended, AnalysisStatus.COMPLETE, INPUT, CREATED, Verdict.Level.HIGH, "web"));
  }

  @Test
  void lateRetryOfARequestDoesNotUndoWhatTheListKnowsOfItsEnd() {
    String id = end(create("account", "ended", CREATED));
    create("account", "ended", CREATED);
    objects.delete("analyses/" + id + "/outcome.json");

    assertThat(analyses.list("account", null, 10).items())
        .extracting(AnalysisSummary::level)
        .containsExactly(Verdict.Level.HIGH);
  }

  @Test
  void analysisThatEndsAfterItWasDeletedDoesNotComeBack() {
    String id = create("account", "deleted", CREATED);
    objects.list("accounts/").forEach(objects::delete);

    end(id);

    assertThat(analyses.list("account", null, 10).items()).isEmpty();
  }

  @Test
  void entryWithoutASummaryIsFilledFromTheStoredAnalysis() {
    String old = create("account", "old", CREATED);
    analyses.saveMedia(old, MEDIA);
    analyses.saveOutcome(old, COMPLETE);

    AnalysisFilter high = new AnalysisFilter(null, null, Verdict.Level.HIGH, "web");
    assertThat(ids(analyses.list("account", high, null, 10))).containsExactly(old);
  }

  @Test
  void filtersByLevelAndPlatform() {
    String high = end(create("account", "high", CREATED));
    String running = create("account", "running", CREATED.plusSeconds(1));
    analyses.saveMedia(running, MEDIA);
    create("account", "waiting", CREATED.plusSeconds(2));

    assertThat(ids(list(null, null, Verdict.Level.HIGH, null))).containsExactly(high);
    assertThat(ids(list(null, null, Verdict.Level.LOW, null))).isEmpty();
    assertThat(ids(list(null, null, null, "web"))).containsExactly(running, high);
    assertThat(ids(list(null, null, null, "x"))).isEmpty();
  }

  @Test
  void filtersByDaysInUtcBothIncluded() {
    LocalDate day = LocalDate.of(2026, 3, 2);
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    create("account", "before", midnight.minusMillis(1));
    String first = create("account", "first", midnight);
    String last = create("account", "last", midnight.plus(Duration.ofDays(1)).minusMillis(1));
    create("account", "after", midnight.plus(Duration.ofDays(1)));

    assertThat(ids(list(day, day, null, null))).containsExactly(last, first);
    assertThat(ids(list(null, day, null, null))).hasSize(3);
    assertThat(ids(list(day, null, null, null))).hasSize(3);

    AnalysisFilter filter = new AnalysisFilter(day, day, null, null);
    AnalysisPage page = analyses.list("account", filter, null, 1);
    assertThat(ids(page)).containsExactly(last);
    page = analyses.list("account", filter, page.nextCursor(), 1);
    assertThat(ids(page)).containsExactly(first);
    assertThat(page.nextCursor()).isNull();
  }

  @Test
  void pageOfAFilterLooksAtABoundedNumberOfEntriesAndGoesOn() {
    for (int i = 0; i < AnalysisIndex.MAX_READ + 1; i++) {
      entry("%03d".formatted(i), i == 0 ? "x" : "web", CREATED.plusSeconds(i));
    }
    AnalysisFilter x = new AnalysisFilter(null, null, null, "x");

    AnalysisPage first = analyses.list("account", x, null, 10);
    assertThat(first.items()).isEmpty();
    assertThat(first.nextCursor()).isNotNull();
    AnalysisPage rest = analyses.list("account", x, first.nextCursor(), 10);
    assertThat(rest.items()).extracting(AnalysisSummary::platform).containsExactly("x");
    assertThat(rest.nextCursor()).isNull();
  }

  private void entry(String name, String platform, Instant at) {
    String id = Ids.analysisIdFor("account", name);
    AnalysisRequest request =
        new AnalysisRequest(id, "account", "key", INPUT, JobOptions.DEFAULT, at);
    objects.put(
        Keys.accountAnalysis(request),
        Json.bytes(new AnalysisSummary(id, AnalysisStatus.COMPLETE, INPUT, at, null, platform)),
        "application/json");
  }

  private AnalysisPage list(LocalDate from, LocalDate to, Verdict.Level level, String platform) {
    return analyses.list("account", new AnalysisFilter(from, to, level, platform), null, 10);
  }

  private String end(String id) {
    AnalysisRequest request = analyses.request(id).orElseThrow();
    analyses.saveOutcome(id, COMPLETE);
    analyses.listAsEnded(request, Optional.of(MEDIA), COMPLETE);
    return id;
  }

  @Test
  void listsNothingForAnAccountWithoutAnalyses() {
    assertThat(analyses.list("nobody", null, 10)).isEqualTo(new AnalysisPage(List.of(), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../other", "000000000000001", "000000000000001-x", "z"})
  void refusesACursorThatIsNone(String cursor) {
    assertInvalid(() -> analyses.list("account", cursor, 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 101})
  void refusesALimitOutOfRange(int limit) {
    assertInvalid(() -> analyses.list("account", null, limit));
  }

  private String create(String accountId, String name, Instant at) {
    String id = Ids.analysisIdFor(accountId, name);
    analyses.create(new AnalysisRequest(id, accountId, "key", INPUT, JobOptions.DEFAULT, at));
    return id;
  }

  private static List<String> ids(AnalysisPage page) {
    return page.items().stream().map(AnalysisSummary::id).toList();
  }

  private static void assertInvalid(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.REQUEST_INVALID));
  }
}
