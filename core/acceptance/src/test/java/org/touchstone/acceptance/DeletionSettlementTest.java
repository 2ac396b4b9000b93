package org.touchstone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.billing.CapLimit;
import org.touchstone.billing.Caps;
import org.touchstone.billing.PriceStore;
import org.touchstone.billing.Spending;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Verdict;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.ObjectStore;

class DeletionSettlementTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final MediaItem IMAGE =
      MediaItem.of(Modality.IMAGE, "a".repeat(64), "image/jpeg", 10);
  private static final ResolvedMedia FOUND = new ResolvedMedia(List.of(IMAGE), List.of(), NOW);

  private EmbeddedS3 server;
  private Instance instance;
  private AnalysisRequest request;

  @BeforeEach
  void acceptAnAnalysis() {
    server = EmbeddedS3.inMemory();
    server.createBucket("bucket");
    Instant before = NOW.minus(Duration.ofDays(1));
    new PriceStore(new ObjectStore(server.client(), "bucket"), () -> before)
        .publish("2026", "EUR", 10, 100, 30, null);
    instance = new Instance(server, "bucket", () -> NOW, Integer.MAX_VALUE, true);
    instance.spending.setCaps("account", new Caps(10L, null, 1000L, null));
    request =
        instance.acceptance.accept(
            AcceptRequest.of(
                "account", "key", AnalysisInput.ofUrl("https://example.org/a.jpg"), null, "a"));
    instance.analyses.saveMedia(request.id(), FOUND);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void settle(Optional<ResolvedMedia> media, Optional<AnalysisOutcome> outcome) {
    new DeletionSettlement(instance.analyses, instance.spending, () -> NOW)
        .settle(request, media, outcome);
  }

  private void report(DetectorReport report) {
    instance.analyses.saveReports(
        new JobReports(
            request.id(), IMAGE.id(), "image", Modality.IMAGE, List.of(report), null, NOW, NOW));
  }

  private long used(CapLimit limit) {
    return instance.spending.standing("account").used().getOrDefault(limit, 0L);
  }

  @Test
  void whatHasAScoreIsBilledThoughNoVoteCameYetAndNoneCanFollow() {
    report(DetectorReport.scored("ufd", "1", Category.GENERATIVE, 0.9, null, ReportTimings.ZERO));

    // What the deletion has read before the medium was found.
    settle(Optional.empty(), Optional.empty());
    AnalysisOutcome ended = instance.analyses.outcome(request.id()).orElseThrow();
    assertThat(Spending.isAbandoned(ended)).isTrue();
    // The vote finds it, and a second try of the deletion.
    instance.spending.end(request, FOUND::media, ended);
    settle(Optional.of(FOUND), Optional.of(ended));

    assertThat(instance.spending.billed("account", request.id(), NOW).orElseThrow().micros())
        .isEqualTo(10);
    assertThat(used(CapLimit.ANALYSES_PER_DAY)).isEqualTo(1);
    assertThat(used(CapLimit.MICROS_PER_DAY)).isEqualTo(10);
  }

  @Test
  void withoutAScoreItIsReleased() {
    report(DetectorReport.failed("ufd", "1", Category.GENERATIVE, Reason.ERROR, null));

    settle(Optional.of(FOUND), Optional.empty());

    assertThat(instance.spending.billed("account", request.id(), NOW)).isEmpty();
    assertThat(used(CapLimit.ANALYSES_PER_DAY)).isZero();
    assertThat(used(CapLimit.MICROS_PER_DAY)).isZero();
  }

  @Test
  void aVerdictThatWasStoredMeanwhileIsBilled() {
    Verdict.Vote vote =
        new Verdict.Vote(
            IMAGE.id(), "ufd", Modality.IMAGE, 1, 0.5, 0.5, Verdict.Side.NONE, "because");
    instance.analyses.saveOutcome(
        request.id(),
        new AnalysisOutcome(
            new Verdict(Verdict.Level.LOW, 0.1, "1", List.of(vote), List.of(), List.of()),
            null,
            NOW));

    settle(Optional.empty(), Optional.empty());

    assertThat(instance.spending.billed("account", request.id(), NOW).orElseThrow().micros())
        .isEqualTo(10);
    assertThat(used(CapLimit.ANALYSES_PER_DAY)).isEqualTo(1);
  }
}
