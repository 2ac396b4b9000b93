package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.storage.Samples.COMPLETE;
import static org.touchstone.storage.Samples.CREATED;
import static org.touchstone.storage.Samples.INPUT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.JobOptions;
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
            new AnalysisSummary(done, AnalysisStatus.COMPLETE, INPUT, CREATED, Verdict.Level.HIGH),
            new AnalysisSummary(
                waiting, AnalysisStatus.QUEUED, INPUT, CREATED.minusSeconds(1), null));
  }

  @Test
  void leavesOutAnAnalysisThatWasDeleted() {
    String kept = create("account", "kept", CREATED);
    String gone = create("account", "gone", CREATED.plusSeconds(1));
    objects.delete("analyses/" + gone + "/request.json");

    assertThat(ids(analyses.list("account", null, 10))).containsExactly(kept);
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
