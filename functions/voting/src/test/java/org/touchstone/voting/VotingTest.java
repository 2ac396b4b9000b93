package org.touchstone.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.billing.CapCounter;
import org.touchstone.billing.CapStore;
import org.touchstone.billing.Ledger;
import org.touchstone.billing.PriceStore;
import org.touchstone.billing.Spending;
import org.touchstone.billing.UsageFact;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.workflow.AnalysisEnded;
import org.touchstone.domain.workflow.FailureInput;
import org.touchstone.domain.workflow.JobOutcome;
import org.touchstone.domain.workflow.VoteInput;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.Policies;
import org.touchstone.storage.PolicyStore;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.services.s3.S3Client;

class VotingTest {
  private static final Instant NOW = Instant.parse("2026-03-01T23:59:59Z");
  private static final String SHA = "ab".repeat(32);
  private static final String ACCOUNT = "account-1";

  private static EmbeddedS3 server;
  private static S3Client s3;
  private static int ids;

  private AnalysisStore analyses;
  private Ledger ledger;
  private Voting voting;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private String id;

  @BeforeAll
  static void startS3() {
    server = EmbeddedS3.inMemory();
    server.createBucket("voting");
    s3 = server.client();
  }

  @AfterAll
  static void stopS3() {
    s3.close();
    server.close();
  }

  @BeforeEach
  void newAnalysis() {
    ObjectStore objects = new ObjectStore(s3, "voting");
    analyses = new AnalysisStore(objects);
    ledger = new Ledger(objects);
    PriceStore prices = new PriceStore(objects, InstantSource.fixed(NOW));
    CapStore caps = new CapStore(objects, InstantSource.fixed(NOW));
    voting =
        new Voting(
            analyses,
            new Spending(
                objects,
                prices,
                caps,
                new CapCounter(objects, InstantSource.fixed(NOW)),
                ledger,
                new EventQueue(() -> null, Optional.empty()),
                InstantSource.fixed(NOW)),
            new Policies(new PolicyStore(objects), null),
            InstantSource.fixed(NOW),
            new OutcomeMetrics(
                new Metrics("Touchstone", InstantSource.fixed(NOW), told::add), analyses));
    id = "%026d".formatted(++ids);
    analyses.create(
        new AnalysisRequest(
            id, ACCOUNT, "key", AnalysisInput.ofUrl("https://example.org/a.jpg"), null, NOW));
  }

  @Test
  void votesOverTheStoredReportsAndBillsOnce() {
    resolved();
    report(scored(0.99));

    AnalysisEnded first = voting.vote(id, List.of(done()));
    AnalysisEnded again = new VoteHandler(voting).handleRequest(new VoteInput(id, null), null);

    assertThat(first.level()).isEqualTo(Verdict.Level.HIGH);
    assertThat(again).isEqualTo(first);
    assertThat(analyses.analysis(id).orElseThrow().status()).isEqualTo(AnalysisStatus.COMPLETE);
    assertThat(analyses.outcome(id).orElseThrow().verdict().votes())
        .singleElement()
        .satisfies(
            vote -> {
              assertThat(vote.likelihood().row()).isEqualTo("all media");
              assertThat(vote.likelihood().ratio()).isEqualTo(vote.likelihood().upper());
            });
    assertThat(billed()).hasSize(1);
    assertThat(billed().getFirst().media())
        .singleElement()
        .satisfies(
            medium -> {
              assertThat(medium.modality()).isEqualTo(Modality.IMAGE);
              assertThat(medium.units()).isEqualTo(1);
            });
  }

  @Test
  void manyVotesAtOnceGiveOneVerdictAndOneUsageFact() throws Exception {
    resolved();
    report(scored(0.99));
    CountDownLatch start = new CountDownLatch(1);
    Callable<AnalysisEnded> vote =
        () -> {
          start.await();
          return voting.vote(id, List.of(done()));
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var votes = IntStream.range(0, 16).mapToObj(i -> threads.submit(vote)).toList();
      start.countDown();
      for (var ended : votes) {
        assertThat(ended.get()).isEqualTo(votes.getFirst().get());
      }
    }
    assertThat(billed()).hasSize(1);
    assertThat(told).filteredOn(line -> line.contains("AnalysesEnded")).hasSize(1);
  }

  @Test
  void jobThatGaveNoReportsAbstains() {
    resolved();

    AnalysisEnded ended = voting.vote(id, List.of(lost("Touchstone.WorkerLost")));

    assertThat(ended.status()).isEqualTo(AnalysisStatus.COMPLETE);
    assertThat(ended.level()).isEqualTo(Verdict.Level.INSUFFICIENT_EVIDENCE);
    assertThat(analyses.outcome(id).orElseThrow().verdict().votes())
        .isNotEmpty()
        .allSatisfy(
            vote -> {
              assertThat(vote.weight()).isZero();
              assertThat(vote.why()).contains(Reason.WORKER_LOST.sentence());
            });
    assertThat(analyses.analysis(id).orElseThrow().reports())
        .extracting(report -> report.report().reason())
        .containsOnly(Reason.WORKER_LOST)
        .isNotEmpty();
  }

  @Test
  void detectorHeardFromOneEndpointIsNotMissedAtAnother() {
    resolved("image", "heavy");
    report(
        DetectorReport.scored(
            "ufd", "1", Category.GENERATIVE, 0.9, Evidence.NONE, ReportTimings.ZERO));

    voting.vote(
        id, List.of(done(), new JobOutcome(MediaItem.idOf(SHA), "heavy", "States.Timeout")));

    assertThat(analyses.analysis(id).orElseThrow().reports())
        .extracting(report -> report.report().detector())
        .contains("ufd", "distil-dire")
        .doesNotHaveDuplicates();
  }

  @Test
  void lostJobIsReportedFromTheRosterOfTheAnalysis() {
    Roster roster =
        new Roster(
            List.of(
                new Roster.Endpoint(
                    "image",
                    List.of(
                        new Roster.Detector(
                            "house-made", Category.FACES, Set.of(Modality.IMAGE), "7")))));
    analyses.saveMedia(id, new ResolvedMedia(List.of(item()), jobs("image"), roster, null, NOW));

    voting.vote(id, List.of(lost("States.Timeout")));

    assertThat(analyses.analysis(id).orElseThrow().reports())
        .extracting(report -> report.report())
        .containsExactly(
            DetectorReport.failed("house-made", "7", Category.FACES, Reason.TIMEOUT, null));
  }

  @Test
  void lostJobIsReportedOnlyForTheDetectorsThatItNames() {
    analyses.saveMedia(
        id,
        new ResolvedMedia(
            List.of(item()),
            jobs("image").stream().map(job -> job.withDetectors(List.of("ufd"))).toList(),
            null,
            null,
            NOW));

    voting.vote(id, List.of(lost("Touchstone.WorkerLost")));

    assertThat(analyses.analysis(id).orElseThrow().reports())
        .satisfiesExactly(
            report -> {
              assertThat(report.report().detector()).isEqualTo("ufd");
              assertThat(report.lane()).isEqualTo(Compute.GPU);
            });
  }

  @Test
  void whatResolutionReportsCountsAndIsNotMissedAtTheEndpoint() {
    JobReports read = ofResolution(claimed());
    analyses.saveMedia(
        id, new ResolvedMedia(List.of(item()), jobs("image"), null, List.of(read), NOW));

    AnalysisEnded ended = voting.vote(id, List.of(lost("Touchstone.WorkerLost")));

    assertThat(ended.level()).isEqualTo(Verdict.Level.UNCERTAIN);
    assertThat(analyses.outcome(id).orElseThrow().verdict().votes())
        .filteredOn(vote -> vote.detector().equals("metadata"))
        .hasSize(1)
        .allSatisfy(vote -> assertThat(vote.weight()).isPositive());
  }

  @Test
  void mediaWithoutJobsAreJudgedByWhatResolutionReports() {
    JobReports read = ofResolution(claimed());
    analyses.saveMedia(id, new ResolvedMedia(List.of(item()), List.of(), null, List.of(read), NOW));

    assertThat(voting.vote(id, List.of()).level()).isEqualTo(Verdict.Level.UNCERTAIN);
  }

  @Test
  void reportsOfAJobThatWasGivenUpTooEarlyStillCount() {
    resolved();
    report(scored(0.99));

    assertThat(voting.vote(id, List.of(lost("States.Timeout"))).level())
        .isEqualTo(Verdict.Level.HIGH);
  }

  @Test
  void verdictStandsWhenAFailureIsRecordedLater() {
    resolved();
    report(scored(0.99));
    voting.vote(id, List.of(done()));

    AnalysisEnded ended =
        new RecordFailureHandler(voting)
            .handleRequest(new FailureInput(id, null, "TIMED_OUT", null), null);

    assertThat(ended.status()).isEqualTo(AnalysisStatus.COMPLETE);
  }

  @Test
  void verdictWhoseVoteFailedBeforeItWasBilledIsBilledWithTheFailure() {
    resolved();
    Verdict verdict =
        new Verdict(Verdict.Level.LOW, 0.1, "pooled-1", List.of(), List.of(), List.of());
    analyses.saveOutcome(id, new AnalysisOutcome(verdict, null, NOW));
    assertThat(billed()).isEmpty();

    voting.fail(id, Problem.of(ProblemType.INTERNAL));

    assertThat(billed()).hasSize(1);
  }

  @Test
  void failureIsRecordedWithAReasonAndNotBilled() {
    var handler = new RecordFailureHandler(voting);
    Problem problem = Problem.of(ProblemType.FETCH_NOT_FOUND, "The server answered 404.");

    assertThat(handler.handleRequest(new FailureInput(id, problem, null, null), null).error())
        .isEqualTo(problem);
    assertThat(analyses.outcome(id)).map(AnalysisOutcome::error).contains(problem);
    assertThat(analyses.analysis(id).orElseThrow().status()).isEqualTo(AnalysisStatus.FAILED);
    assertThat(billed()).isEmpty();
  }

  @Test
  void aFaultOfAMachineIsRecordedAsSuch() {
    var handler = new RecordFailureHandler(voting);

    AnalysisEnded ended =
        handler.handleRequest(
            new FailureInput(id, null, EnvironmentFault.class.getName(), "no space left"), null);

    assertThat(ended.error()).isEqualTo(Problem.of(ProblemType.ENVIRONMENT_FAULT));
  }

  @Test
  void causeOfAFaultIsNotShown() {
    var handler = new RecordFailureHandler(voting);

    AnalysisEnded ended =
        handler.handleRequest(
            new FailureInput(id, null, "java.io.IOException", "/var/secret: no space"), null);

    assertThat(ended.error()).isEqualTo(Problem.of(ProblemType.INTERNAL));
  }

  @Test
  void tellsHowAnAnalysisEndedAndWhereItsTimeWent() {
    analyses.markResolving(id, NOW);
    resolved();
    report(scored(0.99));
    voting.vote(id, List.of(done()));
    voting.vote(id, List.of(done()));

    assertThat(told)
        .filteredOn(line -> line.contains("\"Level\":\"high\""))
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("\"AnalysesEnded\":1.0"))
        .anySatisfy(
            line -> assertThat(line).contains("\"Modality\":\"image\"", "\"MediaJudged\":1.0"));
    assertThat(told).filteredOn(line -> line.contains("\"StageDuration\":0.0")).hasSize(4);
    assertThat(told).filteredOn(line -> line.contains("\"AnalysisDuration\":0.0")).hasSize(1);
  }

  @Test
  void tellsWhichDetectorsFailedAndWhy() {
    resolved();
    voting.vote(id, List.of(lost("Touchstone.WorkerLost")));

    assertThat(told)
        .filteredOn(line -> line.contains("\"DetectorFailures\":1.0"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("\"Reason\":\"worker-lost\""));
  }

  @Test
  void tellsWhyAnAnalysisFailed() {
    voting.fail(id, Problem.of(ProblemType.POST_DELETED));

    assertThat(told)
        .anySatisfy(
            line ->
                assertThat(line).contains("\"Reason\":\"post.deleted\"", "\"AnalysesFailed\":1.0"));
  }

  @Test
  void executionThatTimedOutIsToldApart() {
    AnalysisEnded ended =
        new RecordFailureHandler(voting)
            .handleRequest(new FailureInput(id, null, "TIMED_OUT", null), null);

    assertThat(ended.error().type()).isEqualTo(ProblemType.ANALYSIS_TIMEOUT);
  }

  private JobReports ofResolution(DetectorReport report) {
    return new JobReports(
        id,
        MediaItem.idOf(SHA),
        ResolvedMedia.ENDPOINT,
        Modality.IMAGE,
        List.of(report),
        Provenance.ABSENT,
        NOW,
        NOW);
  }

  private List<UsageFact> billed() {
    return ledger.day(ACCOUNT, NOW.atZone(ZoneOffset.UTC).toLocalDate()).stream()
        .filter(record -> record.analysisId().equals(id))
        .toList();
  }

  private void resolved() {
    resolved("image");
  }

  private void resolved(String... endpoints) {
    analyses.saveMedia(id, new ResolvedMedia(List.of(item()), jobs(endpoints), NOW));
  }

  private List<Job> jobs(String... endpoints) {
    return Stream.of(endpoints)
        .map(e -> new Job(null, id, e, "queue", Modality.IMAGE, item(), null))
        .toList();
  }

  private static MediaItem item() {
    return MediaItem.of(Modality.IMAGE, SHA, "image/jpeg", 10)
        .withSize(640, 480)
        .withS3(new S3Location("voting", "media/" + SHA))
        .withSource(new MediaSource("web", "https://example.org/a.jpg", null, null, 0));
  }

  private void report(DetectorReport report) {
    analyses.saveReports(
        new JobReports(
            id,
            MediaItem.idOf(SHA),
            "image",
            Modality.IMAGE,
            List.of(report),
            Provenance.ABSENT,
            NOW,
            NOW));
  }

  /** Of a detector that no policy names and whose errors were counted. */
  private static DetectorReport scored(double score) {
    Counts counts = new Counts("all media", 10, 1000, 900, 1000);
    return DetectorReport.scored(
            "newsroom", "1", Category.GENERATIVE, score, Evidence.NONE, ReportTimings.ZERO)
        .withReliability(
            new Reliability(null, "2026-11", 0.5, counts, Combination.SINGLE, 1, null));
  }

  private static DetectorReport claimed() {
    return DetectorReport.scored(
        "metadata", "1", Category.FORENSIC, 0.99, Evidence.NONE, ReportTimings.ZERO);
  }

  private static JobOutcome done() {
    return new JobOutcome(MediaItem.idOf(SHA), "image", null);
  }

  private static JobOutcome lost(String error) {
    return new JobOutcome(MediaItem.idOf(SHA), "image", error);
  }
}
