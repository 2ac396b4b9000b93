package org.touchstone.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Category;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Roster;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.ThirdParties;
import org.touchstone.resolver.post.Post;

class JobPlannerTest {
  private static final JobOptions FORCE = new JobOptions(true);

  private final JobPlanner all =
      new JobPlanner(
          Map.of(
              Modality.IMAGE, named(Modality.IMAGE, "q-image"),
              Modality.VIDEO, named(Modality.VIDEO, "q-video"),
              Modality.AUDIO, named(Modality.AUDIO, "q-audio")));

  private static List<JobPlanner.Endpoint> named(Modality track, String... settings) {
    return Stream.of(settings).map(s -> JobPlanner.Endpoint.parse(s, track)).toList();
  }

  private static MediaItem item(String id, Modality modality, Boolean hasAudio) {
    return MediaItem.of(modality, id.repeat(64), "a/b", 1).withAudio(hasAudio);
  }

  @Test
  void plansOneJobForEachTrackOfEachMedium() {
    List<Job> jobs =
        Stream.of(
                item("i", Modality.IMAGE, null),
                item("s", Modality.VIDEO, false),
                item("v", Modality.VIDEO, true),
                item("a", Modality.AUDIO, null))
            .flatMap(
                item -> all.plan("analysis", item, FORCE, true, Roster.bundled()).jobs().stream())
            .toList();
    assertThat(jobs)
        .extracting(j -> j.media().id(), Job::track, Job::endpoint, Job::queueUrl)
        .containsExactly(
            tuple("i".repeat(32), Modality.IMAGE, "image", "q-image"),
            tuple("s".repeat(32), Modality.VIDEO, "video", "q-video"),
            tuple("v".repeat(32), Modality.VIDEO, "video", "q-video"),
            tuple("v".repeat(32), Modality.AUDIO, "audio", "q-audio"),
            tuple("a".repeat(32), Modality.AUDIO, "audio", "q-audio"));
    assertThat(jobs)
        .allSatisfy(
            job -> {
              assertThat(job.analysisId()).isEqualTo("analysis");
              assertThat(job.options()).isEqualTo(FORCE);
              assertThat(job.taskToken()).isNull();
              assertThat(job.metadataRead()).isTrue();
            });
  }

  @Test
  void noEndpointHasTheNameUnderWhichResolutionReports() {
    assertThatThrownBy(() -> named(Modality.IMAGE, "resolve=https://sqs/a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void jobsOnSoundGoOnToTheJudgeWhereItMayBeAsked() {
    MediaItem video = item("v", Modality.VIDEO, true);
    JobOptions none = new JobOptions(false, ThirdParties.NONE);
    Job.Next next = new Job.Next(Roster.JUDGE, "q-judge");

    assertThat(withJudge(true).plan("analysis", video, FORCE, true, Roster.bundled()).jobs())
        .extracting(Job::track, Job::next)
        .containsExactly(tuple(Modality.VIDEO, null), tuple(Modality.AUDIO, next));
    assertThat(withJudge(true).plan("analysis", video, none, true, Roster.bundled()).jobs())
        .extracting(Job::next)
        .containsOnlyNulls();
    assertThat(withJudge(false).plan("analysis", video, none, true, Roster.bundled()).jobs())
        .extracting(Job::next)
        .containsExactly(null, next);
    assertThatThrownBy(() -> named(Modality.AUDIO, "judge=https://sqs/a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static JobOptions only(String... detectors) {
    return new JobOptions(false, null, null, List.of(detectors), null, null);
  }

  @Test
  void jobsAreForTheDetectorsThatAreAskedFor() {
    MediaItem video = item("v", Modality.VIDEO, true);
    Roster roster = Roster.bundled();

    List<Job> jobs = all.plan("analysis", video, only("ufd"), true, roster).jobs();

    assertThat(jobs)
        .extracting(Job::track, Job::detectors)
        .containsExactly(tuple(Modality.VIDEO, List.of("ufd")));
    assertThat(roster.expected(jobs.getFirst()))
        .extracting(Roster.Detector::name)
        .containsExactly("ufd");
    // Also when the workflow has no room for their names.
    assertThat(roster.expected(jobs.getFirst().withDetectors(null)))
        .extracting(Roster.Detector::name)
        .containsExactly("ufd");
    assertThat(withJudge(false).plan("analysis", video, only("ufd"), true, roster).jobs())
        .extracting(Job::next)
        .containsOnlyNulls();
  }

  @Test
  void endpointThatTheRosterDoesNotNameIsAskedForTheseDetectorsOnly() {
    JobPlanner other =
        new JobPlanner(Map.of(Modality.IMAGE, named(Modality.IMAGE, "other=https://sqs/a")));
    MediaItem image = item("i", Modality.IMAGE, null);

    assertThat(other.plan("analysis", image, only("ufd"), true, Roster.bundled()).jobs())
        .extracting(Job::detectors)
        .containsExactly(List.of("ufd"));
    assertThat(other.plan("analysis", image, only("ftcn"), true, Roster.bundled()).jobs())
        .isEmpty();
  }

  @Test
  void analysisOfTheSourceOnlyHasNoJob() {
    JobOptions source = new JobOptions(false, null, null, null, null, true);

    assertThat(
            all.plan("analysis", item("v", Modality.VIDEO, true), source, false, Roster.bundled()))
        .isEqualTo(new JobPlanner.Plan(List.of(), Map.of()));
    assertThat(
            withPartners()
                .plan("analysis", item("i", Modality.IMAGE, null), source, true, Roster.bundled())
                .jobs())
        .isEmpty();
  }

  @Test
  void votersOfOthersAreAskedOnlyWhenTheyAreAmongTheDetectors() {
    MediaItem image = item("i", Modality.IMAGE, null);

    assertThat(withPartners().plan("analysis", image, only("hive"), true, Roster.bundled()).jobs())
        .extracting(Job::endpoint)
        .containsExactly(Roster.PARTNERS);
    assertThat(withPartners().plan("analysis", image, only("ufd"), true, Roster.bundled()).jobs())
        .isEmpty();
    assertThat(
            withPartners()
                .roster(Roster.bundled(), only("ufd"))
                .expected(Roster.PARTNERS, Modality.IMAGE))
        .isEmpty();
  }

  private static JobPlanner withJudge(boolean thirdParty) {
    return new JobPlanner(
        Map.of(
            Modality.VIDEO, named(Modality.VIDEO, "q-video"),
            Modality.AUDIO, named(Modality.AUDIO, "q-audio")),
        Optional.empty(),
        Optional.of(new JobPlanner.Judge("q-judge", thirdParty)));
  }

  private static JobPlanner withPartners() {
    return new JobPlanner(
        Map.of(Modality.AUDIO, named(Modality.AUDIO, "q-audio")),
        Optional.of(
            new JobPlanner.Partners(
                "q-partners",
                List.of(
                    new Roster.Detector(
                        "hive",
                        Category.GENERATIVE,
                        Set.of(Modality.IMAGE, Modality.VIDEO),
                        null)))));
  }

  @Test
  void votersOfOthersAreAskedOnceAboutMediaOfTheirKinds() {
    List<Job> jobs =
        Stream.of(
                item("i", Modality.IMAGE, null),
                item("v", Modality.VIDEO, true),
                item("a", Modality.AUDIO, null))
            .flatMap(
                item ->
                    withPartners()
                        .plan("analysis", item, FORCE, true, Roster.bundled())
                        .jobs()
                        .stream())
            .toList();

    assertThat(jobs)
        .extracting(j -> j.media().id(), Job::track, Job::endpoint, Job::queueUrl)
        .containsExactly(
            tuple("i".repeat(32), Modality.IMAGE, "partners", "q-partners"),
            tuple("v".repeat(32), Modality.AUDIO, "audio", "q-audio"),
            tuple("v".repeat(32), Modality.VIDEO, "partners", "q-partners"),
            tuple("a".repeat(32), Modality.AUDIO, "audio", "q-audio"));
    assertThat(withPartners().roster(Roster.bundled(), FORCE).expected("partners", Modality.IMAGE))
        .extracting(Roster.Detector::name)
        .containsExactly("hive");
  }

  @Test
  void anAnalysisCanForbidThem() {
    JobOptions none = new JobOptions(false, ThirdParties.NONE);

    assertThat(
            withPartners()
                .plan("analysis", item("i", Modality.IMAGE, null), none, true, Roster.bundled())
                .jobs())
        .isEmpty();
    assertThat(withPartners().roster(Roster.bundled(), none)).isEqualTo(Roster.bundled());
  }

  @Test
  void noOtherEndpointHasTheirName() {
    assertThatThrownBy(() -> named(Modality.IMAGE, "partners=https://sqs/a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void plansNothingForAnEndpointThatIsNotDeployed() {
    JobPlanner videoOnly = new JobPlanner(Map.of(Modality.VIDEO, named(Modality.VIDEO, "q-video")));
    assertThat(
            videoOnly
                .plan("analysis", item("v", Modality.VIDEO, true), FORCE, true, Roster.bundled())
                .jobs())
        .extracting(Job::endpoint)
        .containsExactly("video");
    assertThat(
            videoOnly
                .plan("analysis", item("a", Modality.AUDIO, null), FORCE, true, Roster.bundled())
                .jobs())
        .isEmpty();
  }

  @Test
  void plansOneJobForEachEndpointThatLooksAtTheTrack() {
    JobPlanner two =
        new JobPlanner(
            Map.of(
                Modality.VIDEO,
                named(Modality.VIDEO, "faces=https://sqs/faces", "all-video=https://sqs/all"),
                Modality.AUDIO,
                named(Modality.AUDIO, "all-audio=https://sqs/all")));
    assertThat(
            two.plan("analysis", item("v", Modality.VIDEO, true), FORCE, true, Roster.bundled())
                .jobs())
        .extracting(Job::track, Job::endpoint, Job::queueUrl)
        .containsExactly(
            tuple(Modality.VIDEO, "faces", "https://sqs/faces"),
            tuple(Modality.VIDEO, "all-video", "https://sqs/all"),
            tuple(Modality.AUDIO, "all-audio", "https://sqs/all"));
  }

  @Test
  void leavesOutAVeryLongLink() {
    String url = "https://a.example/" + "x".repeat(600);
    MediaItem item =
        MediaItem.of(Modality.IMAGE, "i".repeat(64), "a/b", 1)
            .withSize(2, 3)
            .withSource(new MediaSource("web", url, null, null, 0));

    assertThat(
            all.plan("analysis", item, FORCE, true, Roster.bundled())
                .jobs()
                .getFirst()
                .media()
                .source()
                .postUrl())
        .isNull();
  }

  @Test
  void leavesOutWhatThePostSays() {
    MediaSource source =
        new MediaSource(
            "x",
            "https://x.com/a/status/1",
            "a",
            null,
            3,
            new PostContext("1", "words", "en", "alt"));
    MediaItem item =
        MediaItem.of(Modality.IMAGE, "i".repeat(64), "a/b", 1).withSize(2, 3).withSource(source);

    Job job = all.plan("analysis", item, FORCE, true, Roster.bundled()).jobs().getFirst();

    assertThat(job.media().source())
        .isEqualTo(new MediaSource("x", "https://x.com/a/status/1", "a", null, 3));
    assertThat(job.media()).usingRecursiveComparison().ignoringFields("source").isEqualTo(item);
  }

  /** A job with the longest values that a deployment and a post can have. */
  private static List<Job> largestJobs(int media, MediaSource source) {
    String queue =
        "https://sqs.ap-northeast-3.amazonaws.com/123456789012/" + "q".repeat(20 + 1 + 20 + 5);
    MediaItem item =
        new MediaItem(
            "f".repeat(32),
            Modality.VIDEO,
            "f".repeat(64),
            "application/vnd.apple.mpegurl",
            Long.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Math.PI * 1000,
            true,
            new S3Location("b".repeat(63), "media/" + "f".repeat(64)),
            source);
    JobPlanner planner =
        new JobPlanner(
            Map.of(
                Modality.VIDEO, named(Modality.VIDEO, "v".repeat(26) + "=" + queue),
                Modality.AUDIO, List.of()));
    return Collections.nCopies(
        media, planner.plan("a".repeat(36), item, FORCE, true, Roster.bundled()).jobs().getFirst());
  }

  private static MediaSource longest() {
    return new MediaSource(
        "instagram",
        "https://a.example/" + "x".repeat(494),
        "\uD83D\uDE00".repeat(100),
        Instant.parse("2026-01-02T03:04:05.678Z"),
        49);
  }

  @Test
  void jobsThatTheWorkflowCanHoldSayWhereTheirMediaWereFound() {
    // With the comma behind it.
    int bytesOfOne = Json.bytes(largestJobs(1, longest()).getFirst()).length + 1;
    int most = (JobPlanner.MAX_BYTES - 1) / bytesOfOne;
    List<Job> jobs = largestJobs(most, longest());

    assertThat(most).isGreaterThan(Post.MAX_MEDIA);
    assertThat(JobPlanner.fitting(jobs)).isSameAs(jobs);
    assertThat(JobPlanner.fitting(largestJobs(most + 1, longest())))
        .extracting(job -> job.media().source())
        .containsOnlyNulls();
  }

  @Test
  void moreJobsLeaveOutWhereTheirMediaWereFound() {
    List<Job> jobs = JobPlanner.fitting(largestJobs(250, longest()));

    assertThat(Json.bytes(jobs)).hasSizeLessThanOrEqualTo(JobPlanner.MAX_BYTES);
    assertThat(jobs).isEqualTo(largestJobs(250, null));
  }
}
