package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.touchstone.domain.Modality.AUDIO;
import static org.touchstone.domain.Modality.IMAGE;
import static org.touchstone.domain.Modality.VIDEO;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Category;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;

class AnalysisEvidenceTest {
  private static final MediaItem PHOTO = Fixtures.item("p", IMAGE);
  private static final MediaItem CLIP = Fixtures.videoWithSound("c");
  private static final Roster ROSTER =
      new Roster(
          List.of(
              endpoint("light", IMAGE, "metadata", "ufd"),
              endpoint("heavy", IMAGE, "ufd", "large"),
              endpoint("video", VIDEO, "metadata", "genconvit"),
              endpoint("audio", AUDIO, "metadata", "transcript")));

  @Test
  void pendingAreTheRostersDetectorsOfJobsWithoutReports() {
    AnalysisEvidence evidence =
        evidence(
            List.of(
                job(PHOTO, "light", IMAGE), job(CLIP, "video", VIDEO), job(CLIP, "audio", AUDIO)),
            List.of(),
            List.of(reports(CLIP, "video", VIDEO, "metadata", "genconvit")));

    assertThat(evidence.pending())
        .extracting(p -> p.job().endpoint(), AnalysisEvidenceTest::names)
        .containsExactly(
            tuple("light", List.of("metadata", "ufd")),
            tuple("audio", List.of("metadata", "transcript")));
    assertThat(evidence.media())
        .extracting(MediaEvidence::pending)
        .containsExactly(Set.of("metadata", "ufd"), Set.of("metadata", "transcript"));
  }

  @Test
  void detectorThatResolutionReportedOfTheTrackIsNotPending() {
    AnalysisEvidence evidence =
        evidence(
            List.of(job(CLIP, "video", VIDEO), job(CLIP, "audio", AUDIO)),
            List.of(reports(CLIP, ResolvedMedia.ENDPOINT, VIDEO, "metadata")),
            List.of());

    assertThat(evidence.pending())
        .extracting(AnalysisEvidenceTest::names)
        .containsExactly(List.of("genconvit"), List.of("metadata", "transcript"));
    assertThat(evidence.media().get(1).reports())
        .extracting(TrackReport::track, r -> r.report().detector())
        .containsExactly(tuple(VIDEO, "metadata"));
  }

  @Test
  void detectorOfTwoEndpointsIsOwedOnce() {
    List<Job> jobs = List.of(job(PHOTO, "light", IMAGE), job(PHOTO, "heavy", IMAGE));

    assertThat(evidence(jobs, List.of(), List.of()).pending())
        .extracting(AnalysisEvidenceTest::names)
        .containsExactly(List.of("metadata", "ufd"), List.of("large"));
    assertThat(
            evidence(jobs, List.of(), List.of(reports(PHOTO, "heavy", IMAGE, "ufd", "large")))
                .pending())
        .extracting(AnalysisEvidenceTest::names)
        .containsExactly(List.of("metadata"));
  }

  @Test
  void onlyTheDetectorsThatAJobNamesArePending() {
    List<Job> jobs =
        List.of(
            job(PHOTO, "light", IMAGE).withDetectors(List.of("metadata")),
            job(PHOTO, "heavy", IMAGE).withDetectors(List.of("ufd")));

    assertThat(evidence(jobs, List.of(), List.of()).pending())
        .extracting(AnalysisEvidenceTest::names)
        .containsExactly(List.of("metadata"), List.of("ufd"));
  }

  @Test
  void reportsOfNoPlannedJobDoNotCount() {
    AnalysisEvidence evidence =
        evidence(
            List.of(job(PHOTO, "light", IMAGE)),
            List.of(),
            List.of(reports(PHOTO, "stranger", IMAGE, "ufd")));

    assertThat(evidence.media().getFirst().reports()).isEmpty();
    assertThat(evidence.media().getFirst().pending()).contains("ufd");
  }

  private static AnalysisEvidence evidence(
      List<Job> jobs, List<JobReports> ofResolution, List<JobReports> reports) {
    return new AnalysisEvidence(
        new ResolvedMedia(List.of(PHOTO, CLIP), jobs, ROSTER, ofResolution, Instant.EPOCH),
        reports);
  }

  private static Roster.Endpoint endpoint(String name, Modality track, String... detectors) {
    return new Roster.Endpoint(
        name,
        Stream.of(detectors)
            .map(d -> new Roster.Detector(d, Category.GENERATIVE, Set.of(track), null))
            .toList());
  }

  private static Job job(MediaItem item, String endpoint, Modality track) {
    return new Job(null, "analysis", endpoint, "queue", track, item, null);
  }

  private static JobReports reports(
      MediaItem item, String endpoint, Modality track, String... detectors) {
    return new JobReports(
        "analysis",
        item.id(),
        endpoint,
        track,
        Stream.of(detectors).map(d -> Fixtures.scored(track, d, .5).report()).toList(),
        null,
        null,
        null);
  }

  private static List<String> names(AnalysisEvidence.Pending pending) {
    return pending.detectors().stream().map(Roster.Detector::name).toList();
  }
}
