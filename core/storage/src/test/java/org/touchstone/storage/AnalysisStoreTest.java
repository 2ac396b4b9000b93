package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.storage.Samples.COMPLETE;
import static org.touchstone.storage.Samples.CREATED;
import static org.touchstone.storage.Samples.FAILED;
import static org.touchstone.storage.Samples.ID;
import static org.touchstone.storage.Samples.INPUT;
import static org.touchstone.storage.Samples.MEDIA;
import static org.touchstone.storage.Samples.REQUEST;
import static org.touchstone.storage.Samples.RESOLVING;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.ResolvedMedia;

class AnalysisStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final int CALLERS = 8;
  private static final String TRAVERSAL = "../../../../accounts/abcde";

  private ObjectStore objects;
  private AnalysisStore analyses;

  @BeforeEach
  void openBucket() {
    objects = BUCKET.objects();
    analyses = new AnalysisStore(objects);
  }

  @Test
  void createsAnAnalysisOnceHoweverOftenItIsAskedFor() throws Exception {
    List<AnalysisRequest> created =
        Race.run(CALLERS, caller -> analyses.create(createdAt(CREATED.plusSeconds(caller))));

    assertThat(created).containsOnly(analyses.request(ID).orElseThrow());
    assertThat(analyses.list("account", null, 10).items()).hasSize(1);
  }

  static Stream<AnalysisRequest> otherRequestsUnderTheSameId() {
    return Stream.of(
        new AnalysisRequest(
            ID,
            "account",
            "key",
            AnalysisInput.ofUrl("https://example.org/2"),
            JobOptions.DEFAULT,
            CREATED),
        new AnalysisRequest(ID, "account", "key", INPUT, new JobOptions(true), CREATED),
        new AnalysisRequest(ID, "other", "key", INPUT, JobOptions.DEFAULT, CREATED));
  }

  @ParameterizedTest
  @MethodSource("otherRequestsUnderTheSameId")
  void refusesAnotherRequestUnderTheSameId(AnalysisRequest other) {
    analyses.create(REQUEST);

    assertThatThrownBy(() -> analyses.create(other))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.IDEMPOTENCY_CONFLICT));
    assertThat(analyses.request(ID)).contains(REQUEST);
    assertThat(analyses.list("other", null, 10).items()).isEmpty();
  }

  @Test
  void listsAnAnalysisThatACrashKeptOffTheListWhenItIsAskedForAgain() {
    analyses.create(REQUEST);
    objects.list("accounts/").forEach(objects::delete);

    analyses.create(createdAt(CREATED.plusSeconds(60)));

    AnalysisPage page = analyses.list("account", null, 10);
    assertThat(page.items()).extracting(AnalysisSummary::id).containsExactly(ID);
    assertThat(page.items()).extracting(AnalysisSummary::createdAt).containsExactly(CREATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../key", "a/b", "a b", "key\n"})
  void storesNothingUnderAnInvalidAccountId(String accountId) {
    assertThatThrownBy(
            () ->
                analyses.create(
                    new AnalysisRequest(ID, accountId, "key", INPUT, JobOptions.DEFAULT, CREATED)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> analyses.list(accountId, null, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(objects.list("")).isEmpty();
  }

  @Test
  void keepsTheFirstOfEverythingThatHappensOnce() {
    analyses.create(REQUEST);
    ResolvedMedia nothing = new ResolvedMedia(List.of(), List.of(), CREATED);

    analyses.markResolving(ID, RESOLVING);
    analyses.markResolving(ID, RESOLVING.plusSeconds(1));
    assertThat(analyses.saveMedia(ID, MEDIA)).isEqualTo(MEDIA);
    assertThat(analyses.saveMedia(ID, nothing)).isEqualTo(MEDIA);
    assertThat(analyses.saveOutcome(ID, COMPLETE)).isEqualTo(COMPLETE);
    assertThat(analyses.saveOutcome(ID, FAILED)).isEqualTo(COMPLETE);

    assertThat(analyses.media(ID)).contains(MEDIA);
    assertThat(analyses.outcome(ID)).contains(COMPLETE);
    assertThat(analyses.analysis(ID).orElseThrow().timings().queued()).isEqualTo(20);
  }

  @Test
  void endsInOneWayAmongManyWorkers() throws Exception {
    List<AnalysisOutcome> outcomes =
        Race.run(CALLERS, worker -> analyses.saveOutcome(ID, worker % 2 == 0 ? COMPLETE : FAILED));

    assertThat(outcomes).containsOnly(analyses.outcome(ID).orElseThrow());
  }

  @Test
  void replacesTheReportsOfAJobThatRanTwice() {
    JobReports first = Samples.reports(Modality.VIDEO, null, CREATED);
    JobReports second = Samples.reports(Modality.VIDEO, Provenance.ABSENT, CREATED);
    JobReports audio = Samples.reports(Modality.AUDIO, null, CREATED);
    analyses.saveReports(first);
    analyses.saveReports(audio);
    analyses.saveReports(second);

    assertThat(analyses.reports(ID)).containsExactly(audio, second);
  }

  @Test
  void findsNothingUnderIdsThatAreNone() {
    assertThat(analyses.request(TRAVERSAL)).isEmpty();
    assertThat(analyses.media(TRAVERSAL)).isEmpty();
    assertThat(analyses.reports(TRAVERSAL)).isEmpty();
    assertThat(analyses.outcome(TRAVERSAL)).isEmpty();
    assertThat(analyses.analysis(TRAVERSAL)).isEmpty();
    assertThat(analyses.analysis(null)).isEmpty();
    assertThat(analyses.analysis(ID)).isEmpty();
  }

  @Test
  void writesNothingUnderIdsThatAreNone() {
    JobReports reports = Samples.reports(Modality.VIDEO, null, CREATED);
    assertThatThrownBy(() -> analyses.markResolving(TRAVERSAL, CREATED))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> analyses.saveMedia(TRAVERSAL, MEDIA))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> analyses.saveOutcome(TRAVERSAL, COMPLETE))
        .isInstanceOf(IllegalArgumentException.class);
    for (String bad : List.of("..", "a/b", "", "A")) {
      assertThatThrownBy(() -> analyses.saveReports(with(reports, bad, "video")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> analyses.saveReports(with(reports, reports.mediaId(), bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(objects.list("")).isEmpty();
  }

  private static AnalysisRequest createdAt(Instant at) {
    return new AnalysisRequest(ID, "account", "key", INPUT, JobOptions.DEFAULT, at);
  }

  private static JobReports with(JobReports reports, String mediaId, String endpoint) {
    return new JobReports(
        ID, mediaId, endpoint, reports.track(), reports.reports(), null, CREATED, CREATED);
  }
}
