package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.touchstone.storage.Samples.AUDIO_DONE;
import static org.touchstone.storage.Samples.COMPLETE;
import static org.touchstone.storage.Samples.ENDED;
import static org.touchstone.storage.Samples.FAILED;
import static org.touchstone.storage.Samples.ID;
import static org.touchstone.storage.Samples.MEDIA;
import static org.touchstone.storage.Samples.REQUEST;
import static org.touchstone.storage.Samples.RESOLVED;
import static org.touchstone.storage.Samples.RESOLVING;
import static org.touchstone.storage.Samples.SCORED;
import static org.touchstone.storage.Samples.VIDEO;
import static org.touchstone.storage.Samples.VIDEO_DONE;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.Analysis.MediaProvenance;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.Analysis.PendingJob;
import org.touchstone.domain.Analysis.Preliminary;
import org.touchstone.domain.Analysis.Timings;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.voting.MediaEvidence;
import org.touchstone.domain.voting.TrackReport;
import org.touchstone.domain.voting.VotingPolicy;

class AnalysisViewTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final Provenance SIGNED =
      new Provenance(Provenance.State.PRESENT_UNVERIFIED, "Camera", null, null, List.of());
  private static final JobReports VIDEO_REPORTS =
      Samples.reports(Modality.VIDEO, SIGNED, VIDEO_DONE);
  private static final JobReports AUDIO_REPORTS =
      Samples.reports(Modality.AUDIO, Provenance.ABSENT, AUDIO_DONE);

  private ObjectStore objects;
  private AnalysisStore analyses;

  @BeforeEach
  void createAnalysis() {
    objects = BUCKET.objects();
    analyses = new AnalysisStore(objects);
    analyses.create(REQUEST);
  }

  @Test
  void showsWhatIsMissingOfAPost() {
    List<MissingMedium> missing =
        List.of(new MissingMedium(1, Problem.of(ProblemType.FETCH_NOT_FOUND)));
    analyses.saveMedia(
        ID, new ResolvedMedia(MEDIA.media(), missing, MEDIA.jobs(), null, null, RESOLVED));

    assertThat(view().missing()).isEqualTo(missing);
    assertThat(Json.string(view()))
        .contains("\"missing\":[{\"ordinal\":1,\"problem\":{\"type\":\"fetch.not-found\"");
  }

  @Test
  void saysNothingOfMissingMediaWhereThereAreNone() {
    analyses.saveMedia(ID, MEDIA);

    assertThat(view().missing()).isEmpty();
    assertThat(Json.string(MEDIA) + Json.string(view())).doesNotContain("missing");
  }

  @Test
  void isQueuedWhenOnlyAskedFor() {
    assertThat(view().status()).isEqualTo(AnalysisStatus.QUEUED);
    assertThat(view().createdAt()).isEqualTo(REQUEST.createdAt());
    assertThat(view().input()).isEqualTo(REQUEST.input());
    assertThat(view().media()).isEmpty();
    assertThat(view().timings()).isEqualTo(new Timings(null, null, null, null, null));
  }

  @Test
  void isResolvingOnceResolutionBegan() {
    analyses.markResolving(ID, RESOLVING);

    assertThat(view().status()).isEqualTo(AnalysisStatus.RESOLVING);
    assertThat(view().timings()).isEqualTo(new Timings(20L, null, null, null, null));
  }

  @Test
  void isDetectingUntilEveryJobHasReports() {
    analyses.markResolving(ID, RESOLVING);
    analyses.saveMedia(ID, MEDIA);
    assertThat(view().status()).isEqualTo(AnalysisStatus.DETECTING);

    analyses.saveReports(AUDIO_REPORTS);

    assertThat(view().status()).isEqualTo(AnalysisStatus.DETECTING);
    assertThat(view().media()).containsExactly(VIDEO);
    assertThat(view().reports())
        .containsExactly(new MediaReport(VIDEO.id(), "audio", Modality.AUDIO, null, SCORED));
    assertThat(view().timings()).isEqualTo(new Timings(20L, 300L, null, null, null));
  }

  @Test
  void isVotingWhenEveryJobHasReports() {
    analyses.markResolving(ID, RESOLVING);
    analyses.saveMedia(ID, MEDIA);
    analyses.saveReports(AUDIO_REPORTS);
    analyses.saveReports(VIDEO_REPORTS);

    assertThat(view().status()).isEqualTo(AnalysisStatus.VOTING);
    assertThat(view().timings()).isEqualTo(new Timings(20L, 300L, 4000L, null, null));
  }

  @Test
  void isVotingAtOnceWhenThereIsNothingToDetect() {
    analyses.saveMedia(ID, new ResolvedMedia(List.of(VIDEO), List.of(), RESOLVED));

    assertThat(view().status()).isEqualTo(AnalysisStatus.VOTING);
  }

  @Test
  void isCompleteWithItsVerdict() {
    analyses.markResolving(ID, RESOLVING);
    analyses.saveMedia(ID, MEDIA);
    analyses.saveReports(AUDIO_REPORTS);
    analyses.saveReports(VIDEO_REPORTS);
    analyses.saveOutcome(ID, COMPLETE);

    assertThat(view().status()).isEqualTo(AnalysisStatus.COMPLETE);
    assertThat(view().verdict()).isEqualTo(COMPLETE.verdict());
    assertThat(view().error()).isNull();
    assertThat(view().timings()).isEqualTo(new Timings(20L, 300L, 4000L, 7L, 4327L));
  }

  @Test
  void isCompleteThoughAJobNeverReported() {
    analyses.markResolving(ID, RESOLVING);
    analyses.saveMedia(ID, MEDIA);
    analyses.saveReports(AUDIO_REPORTS);
    analyses.saveOutcome(ID, COMPLETE);

    assertThat(view().status()).isEqualTo(AnalysisStatus.COMPLETE);
    assertThat(view().timings()).isEqualTo(new Timings(20L, 300L, null, null, 4327L));
  }

  @Test
  void isFailedWithItsError() {
    analyses.markResolving(ID, RESOLVING);
    analyses.saveOutcome(ID, FAILED);

    assertThat(view().status()).isEqualTo(AnalysisStatus.FAILED);
    assertThat(view().error()).isEqualTo(FAILED.error());
    assertThat(view().verdict()).isNull();
    assertThat(view().timings()).isEqualTo(new Timings(20L, null, null, null, 4327L));
  }

  @Test
  void countsNoTimeWhenClocksDisagree() {
    analyses.markResolving(ID, REQUEST.createdAt().minusSeconds(5));
    analyses.saveOutcome(ID, new AnalysisOutcome(null, FAILED.error(), ENDED));

    assertThat(view().timings().queued()).isZero();
  }

  @Test
  void showsTheProvenanceThatSaysMost() {
    analyses.saveMedia(ID, MEDIA);
    analyses.saveReports(AUDIO_REPORTS);
    assertThat(view().provenance())
        .containsExactly(new MediaProvenance(VIDEO.id(), Provenance.ABSENT));

    analyses.saveReports(VIDEO_REPORTS);
    assertThat(view().provenance()).containsExactly(new MediaProvenance(VIDEO.id(), SIGNED));
  }

  @Test
  void showsReportsInTheOrderOfTheJobs() {
    analyses.saveMedia(ID, MEDIA);
    analyses.saveReports(AUDIO_REPORTS);
    analyses.saveReports(VIDEO_REPORTS);

    assertThat(view().reports())
        .extracting(MediaReport::endpoint)
        .containsExactly("video", "audio");
  }

  @Test
  void showsWhatResolutionReportsBeforeAnyEndpointDoes() {
    saveMediaWithMetadata();

    assertThat(view().status()).isEqualTo(AnalysisStatus.DETECTING);
    assertThat(view().reports())
        .containsExactly(new MediaReport(VIDEO.id(), "resolve", Modality.VIDEO, null, SCORED));
    assertThat(view().provenance()).containsExactly(new MediaProvenance(VIDEO.id(), SIGNED));

    analyses.saveReports(AUDIO_REPORTS);

    assertThat(view().reports())
        .extracting(MediaReport::endpoint)
        .containsExactly("resolve", "audio");
  }

  @Test
  void namesTheLaneOfAReportAndShowsWhatIsNotInstalledLast() {
    DetectorReport absent =
        DetectorReport.abstained("ftcn", null, null, Reason.NOT_INSTALLED, "how");
    JobReports own =
        new JobReports(
            ID,
            VIDEO.id(),
            ResolvedMedia.ENDPOINT,
            Modality.VIDEO,
            List.of(absent),
            null,
            RESOLVING,
            RESOLVED);
    analyses.saveMedia(
        ID, new ResolvedMedia(MEDIA.media(), MEDIA.jobs(), null, List.of(own), RESOLVED));
    analyses.saveReports(
        new JobReports(
            ID,
            VIDEO.id(),
            "video",
            Modality.VIDEO,
            List.of(SCORED),
            null,
            RESOLVED,
            VIDEO_DONE,
            Compute.CPU));
    analyses.saveReports(AUDIO_REPORTS);

    assertThat(view().reports())
        .extracting(MediaReport::endpoint, MediaReport::lane)
        .containsExactly(tuple("video", Compute.CPU), tuple("resolve", null), tuple("audio", null));
  }

  @Test
  void hasAPreliminaryVerdictFromResolutionToTheEnd() {
    assertThat(preliminary()).isNull();
    saveMediaWithMetadata();

    assertThat(preliminary().verdict())
        .isEqualTo(
            VotingPolicy.bundled()
                .vote(
                    List.of(
                        new MediaEvidence(
                            VIDEO, List.of(new TrackReport(Modality.VIDEO, SCORED)), null, null))));
    assertThat(preliminary().settled()).isFalse();
    assertThat(preliminary().pending())
        .containsExactly(
            new PendingJob(
                VIDEO.id(),
                "video",
                Modality.VIDEO,
                List.of("genconvit", "ftcn", "styleflow", "distil-dire", "ufd")),
            new PendingJob(VIDEO.id(), "audio", Modality.AUDIO, List.of("metadata", "transcript")));

    analyses.saveReports(VIDEO_REPORTS);
    assertThat(preliminary().pending()).extracting(PendingJob::endpoint).containsExactly("audio");
    analyses.saveReports(AUDIO_REPORTS);
    assertThat(preliminary().pending()).isEmpty();
    assertThat(preliminary().settled()).isTrue();

    analyses.saveOutcome(ID, COMPLETE);
    assertThat(preliminary()).isNull();
  }

  @Test
  void hasNoPreliminaryVerdictWithoutAPolicy() {
    saveMediaWithMetadata();

    assertThat(view().preliminary()).isNull();
    assertThat(view().reports()).hasSize(1);
  }

  private void saveMediaWithMetadata() {
    JobReports read =
        new JobReports(
            ID,
            VIDEO.id(),
            ResolvedMedia.ENDPOINT,
            Modality.VIDEO,
            List.of(SCORED),
            SIGNED,
            RESOLVING,
            RESOLVED);
    analyses.saveMedia(
        ID, new ResolvedMedia(MEDIA.media(), MEDIA.jobs(), null, List.of(read), RESOLVED));
  }

  private Preliminary preliminary() {
    return analyses
        .analysis(ID, () -> Optional.of(VotingPolicy.bundled()))
        .orElseThrow()
        .preliminary();
  }

  @Test
  void doesNotReadEvidence() {
    objects.put("analyses/" + ID + "/evidence/heatmap.png", new byte[] {1, 2, 3}, "image/png");

    assertThat(view().status()).isEqualTo(AnalysisStatus.QUEUED);
  }

  private Analysis view() {
    return analyses.analysis(ID).orElseThrow();
  }
}
