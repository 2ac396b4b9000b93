package org.touchstone.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.touchstone.domain.Modality.AUDIO;
import static org.touchstone.domain.Modality.IMAGE;
import static org.touchstone.domain.Modality.VIDEO;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Capacity;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Roster;

/** Which lane does what. */
class LanePlanTest {
  private static final String HOW = "Run: ./touchstone models install";
  private static final Capacity THREE_MINUTES = new Capacity(256L << 20, 180.0, null);

  private static final JobPlanner PLANNER =
      new JobPlanner(
          Map.of(
              IMAGE, deployed("image", "cpu-image"),
              VIDEO, deployed("video", "cpu-video"),
              AUDIO, deployed("audio")));

  private static List<JobPlanner.Endpoint> deployed(String... names) {
    return Stream.of(names).map(name -> new JobPlanner.Endpoint(name, "q-" + name)).toList();
  }

  private static Roster.Detector detector(String name, Boolean installed, Modality... tracks) {
    return new Roster.Detector(
        name,
        Category.GENERATIVE,
        Set.of(tracks),
        "1",
        installed,
        Boolean.FALSE.equals(installed) ? HOW : null);
  }

  /** A small detector that both lanes have, and a large one that only a GPU can run. */
  private static Roster roster(Boolean largeInstalled) {
    List<Roster.Endpoint> endpoints = new ArrayList<>();
    for (Modality track : List.of(IMAGE, VIDEO)) {
      Roster.Detector small = detector("small", true, track);
      Roster.Detector large = detector("large", largeInstalled, track);
      endpoints.add(new Roster.Endpoint(track.code(), List.of(small, large), Compute.GPU, null));
      endpoints.add(
          new Roster.Endpoint("cpu-" + track.code(), List.of(small), Compute.CPU, THREE_MINUTES));
    }
    endpoints.add(
        new Roster.Endpoint("audio", List.of(detector("voice", false, AUDIO)), Compute.GPU, null));
    return new Roster(endpoints);
  }

  private static MediaItem photo() {
    return MediaItem.of(IMAGE, "1".repeat(64), "image/png", 10).withSize(4, 4);
  }

  private static MediaItem clip(Double seconds) {
    return MediaItem.of(VIDEO, "2".repeat(64), "video/mp4", 10)
        .withSize(4, 4)
        .withDurationSeconds(seconds)
        .withAudio(true);
  }

  private static JobPlanner.Plan plan(JobPlanner planner, MediaItem item, Roster roster) {
    return planner.plan("analysis", item, JobOptions.DEFAULT, true, roster);
  }

  @Test
  void detectorRunsInTheCheapestLaneThatHasIt() {
    assertThat(plan(PLANNER, photo(), roster(true)).jobs())
        .extracting(Job::endpoint, Job::queueUrl, Job::detectors)
        .containsExactly(
            tuple("image", "q-image", List.of("large")), tuple("cpu-image", "q-cpu-image", null));
  }

  @Test
  void noGpuWakesForWhatTheCpusHave() {
    JobPlanner.Plan plan = plan(PLANNER, photo(), roster(false));

    assertThat(plan.jobs())
        .extracting(Job::endpoint, Job::detectors)
        .containsExactly(tuple("cpu-image", null));
    assertThat(plan.abstained().get(IMAGE))
        .containsExactly(
            DetectorReport.abstained("large", "1", Category.GENERATIVE, Reason.NOT_INSTALLED, HOW));
  }

  @Test
  void whatIsTooLongForTheCheapLaneRunsInTheOther() {
    assertThat(plan(PLANNER, clip(180.0), roster(false)).jobs())
        .extracting(Job::endpoint, Job::detectors)
        .containsExactly(tuple("cpu-video", null));
    assertThat(plan(PLANNER, clip(180.1), roster(false)).jobs())
        .extracting(Job::endpoint, Job::detectors)
        .containsExactly(tuple("video", List.of("small")));
    assertThat(plan(PLANNER, clip(null), roster(true)).jobs())
        .extracting(Job::endpoint, Job::detectors)
        .containsExactly(tuple("video", null));
  }

  @Test
  void trackWithoutAnInstalledDetectorHasNoJob() {
    JobPlanner.Plan plan = plan(PLANNER, clip(10.0), roster(true));

    assertThat(plan.jobs()).extracting(Job::track).containsOnly(VIDEO);
    assertThat(plan.abstained()).containsOnlyKeys(AUDIO);
    assertThat(plan.abstained().get(AUDIO))
        .extracting(DetectorReport::detector, DetectorReport::reason, DetectorReport::detail)
        .containsExactly(tuple("voice", Reason.NOT_INSTALLED, HOW));
  }

  /** Without a GPU lane. */
  private static JobPlanner.Plan onCpusOnly(MediaItem item, Capacity capacity) {
    JobPlanner cpus = new JobPlanner(Map.of(IMAGE, deployed("c"), VIDEO, deployed("c")));
    return plan(
        cpus,
        item,
        new Roster(
            List.of(
                new Roster.Endpoint(
                    "c", List.of(detector("small", true, IMAGE, VIDEO)), Compute.CPU, capacity))));
  }

  private static void assertAbstains(
      MediaItem item, Capacity capacity, Reason reason, String sentence) {
    JobPlanner.Plan plan = onCpusOnly(item, capacity);
    assertThat(plan.jobs()).isEmpty();
    assertThat(plan.abstained().get(item.modality()))
        .extracting(DetectorReport::reason, DetectorReport::detail, DetectorReport::modelVersion)
        .containsExactly(tuple(reason, sentence, "1"));
  }

  @Test
  void mediumThatNoLaneAcceptsIsToldOfInWords() {
    assertThat(onCpusOnly(clip(180.0), THREE_MINUTES).jobs()).hasSize(1);
    assertAbstains(
        clip(3905.2),
        THREE_MINUTES,
        Reason.TOO_LONG,
        "This video lasts 1 h 5 min 6 s, and this detector accepts at most 3 min here.");
    assertAbstains(
        clip(null),
        new Capacity(null, 30.0, null),
        Reason.TOO_LONG,
        "The length of this video is not known, and this detector accepts at most 30 s here.");
    assertAbstains(
        MediaItem.of(IMAGE, "1".repeat(64), "image/png", (256 << 20) + 1).withSize(4, 4),
        THREE_MINUTES,
        Reason.TOO_LARGE,
        "This file has 268.5 MB, and this detector accepts at most 268.4 MB here.");
    assertAbstains(
        photo().withSize(6000, 4000),
        new Capacity(null, null, 12_000_000L),
        Reason.TOO_LARGE,
        "The size of this picture is 6000 x 4000 pixels, and this detector accepts at most 12.0"
            + " megapixels here.");
    assertAbstains(
        clip(1.0).withSize(null, null),
        new Capacity(null, null, 12_000_000L),
        Reason.TOO_LARGE,
        "The size of this video's frames is not known, and this detector accepts at most 12.0"
            + " megapixels here.");
  }

  @Test
  void videoOfFramesThatAreTooLargeHasItsSoundExamined() {
    JobPlanner planner = new JobPlanner(Map.of(VIDEO, deployed("c"), AUDIO, deployed("c")));
    Roster roster =
        new Roster(
            List.of(
                new Roster.Endpoint(
                    "c",
                    List.of(detector("small", true, VIDEO), detector("voice", true, AUDIO)),
                    Compute.CPU,
                    new Capacity(null, null, 15L))));

    JobPlanner.Plan plan = plan(planner, clip(1.0), roster);

    assertThat(plan.jobs()).extracting(Job::track).containsExactly(AUDIO);
    assertThat(plan.abstained()).containsOnlyKeys(VIDEO);
  }

  @Test
  void detectorOfWhichItIsNotKnownWhetherItIsInstalledIsAsked() {
    assertThat(plan(PLANNER, photo(), roster(null)).jobs())
        .extracting(Job::endpoint, Job::detectors)
        .containsExactly(tuple("image", List.of("large")), tuple("cpu-image", null));
  }

  @Test
  void endpointThatTheRosterDoesNotNameHasAJobForAllItsDetectors() {
    JobPlanner newer =
        new JobPlanner(Map.of(IMAGE, deployed("image", "cpu-image", "added-yesterday")));

    assertThat(plan(newer, photo(), roster(false)).jobs())
        .extracting(Job::endpoint, Job::detectors)
        .containsExactly(tuple("cpu-image", null), tuple("added-yesterday", null));
  }

  @Test
  void endpointsOfTheRosterThatAreNotDeployedDoNotCount() {
    JobPlanner gpusOnly = new JobPlanner(Map.of(IMAGE, deployed("image")));

    assertThat(plan(gpusOnly, photo(), roster(true)).jobs())
        .extracting(Job::endpoint, Job::detectors)
        .containsExactly(tuple("image", null));
  }

  @Test
  void metadataThatNobodyHasReadAreReadInTheCheapestLane() {
    Roster roster =
        new Roster(
            List.of(
                new Roster.Endpoint("image", List.of(detector("metadata", true, IMAGE))),
                new Roster.Endpoint(
                    "cpu-image", List.of(detector("metadata", true, IMAGE)), Compute.CPU, null)));

    assertThat(plan(PLANNER, photo(), roster).jobs()).isEmpty();
    assertThat(plan(PLANNER, photo(), roster).abstained()).isEmpty();
    assertThat(PLANNER.plan("analysis", photo(), JobOptions.DEFAULT, false, roster).jobs())
        .extracting(Job::endpoint, Job::detectors, Job::metadataRead)
        .containsExactly(tuple("cpu-image", null, false));
  }

  /** The jobs of a post of fifty videos with sound in two lanes that share the detectors. */
  private static List<Job> jobsOfALargePost(int detectors) {
    List<String> names =
        IntStream.range(0, detectors).mapToObj("another-detector-%02d"::formatted).toList();
    Job job = plan(PLANNER, clip(10.0), roster(true)).jobs().getFirst().withDetectors(names);
    return Collections.nCopies(200, job);
  }

  @Test
  void jobsOfALargePostFitTheWorkflowWithTheirDetectors() {
    List<Job> jobs = jobsOfALargePost(20);
    assertThat(JobPlanner.fitting(jobs)).isEqualTo(jobs);

    List<Job> shortened = JobPlanner.fitting(jobsOfALargePost(60));

    assertThat(Json.bytes(shortened)).hasSizeLessThanOrEqualTo(JobPlanner.MAX_BYTES);
    assertThat(shortened).hasSize(200).extracting(Job::detectors).containsOnlyNulls();
  }
}
