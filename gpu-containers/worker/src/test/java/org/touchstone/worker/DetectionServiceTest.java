package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Reason;
import org.touchstone.domain.S3Location;
import org.touchstone.worker.support.Gate;
import org.touchstone.worker.support.NetworkPath;
import org.touchstone.worker.support.Servers;
import org.touchstone.worker.support.TestDetector;
import org.touchstone.worker.support.Workplace;
import software.amazon.awssdk.core.exception.SdkException;

/** A job's results, its limits, and the files it leaves behind. */
@ExtendWith(Servers.Extension.class)
class DetectionServiceTest {
  @TempDir Path folder;

  private NetworkPath wayToS3;
  private Workplace work;

  @BeforeEach
  void setUp(Servers servers) {
    wayToS3 = new NetworkPath(servers.s3().endpoint());
    work = new Workplace(servers, wayToS3.endpoint(), folder);
  }

  @AfterEach
  void tearDown() throws Exception {
    work.close();
    wayToS3.close();
  }

  @Test
  void reportsEveryDetectorOfTheTrackWithProvenance() throws Exception {
    Job job = work.job(work.store("photo"));

    JobReports reports =
        work.service(
                TestDetector.scoring("first", "1", 0.9), TestDetector.scoring("second", "2", 0.1))
            .detect(job);

    assertThat(reports.analysisId()).isEqualTo(job.analysisId());
    assertThat(reports.mediaId()).isEqualTo(job.media().id());
    assertThat(reports.endpoint()).isEqualTo("image");
    assertThat(reports.compute()).isEqualTo(Compute.GPU);
    assertThat(reports.reports())
        .extracting(DetectorReport::detector)
        .containsExactly("first", "second");
    assertThat(reports.reports()).extracting(DetectorReport::score).containsExactly(0.9, 0.1);
    assertThat(reports.provenance()).isNotNull();
    assertThat(reports.finishedAt()).isAfterOrEqualTo(reports.startedAt());
    assertThat(work.leftovers()).isEmpty();
  }

  @Test
  void runsOnlyTheDetectorsThatTheJobNames() throws Exception {
    TestDetector other = TestDetector.scoring("other", "1", 0.1);
    Job job = work.job(work.store("photo")).withDetectors(List.of("wanted"));

    JobReports reports = work.service(other, TestDetector.scoring("wanted", "1", 0.9)).detect(job);

    assertThat(reports.reports()).extracting(DetectorReport::detector).containsExactly("wanted");
    assertThat(other.runs()).isZero();
  }

  @Test
  void detectorThatTheJobNamesAndTheEndpointLacksAbstains() throws Exception {
    Job job = work.job(work.store("photo")).withDetectors(List.of("newer", "ufd", "here", "here"));

    JobReports reports = work.service(TestDetector.scoring("here", "1", 0.9)).detect(job);

    assertThat(reports.reports())
        .extracting(DetectorReport::detector, DetectorReport::reason, DetectorReport::category)
        .containsExactly(
            tuple("newer", Reason.NOT_INSTALLED, null),
            tuple("ufd", Reason.NOT_INSTALLED, Category.GENERATIVE),
            tuple("here", null, Category.FORENSIC));
    assertThat(reports.reports().getFirst().detail()).contains("./touchstone models roster");
  }

  @Test
  void detectsTheSameBytesOnceForJobsAtTheSameTime() throws Exception {
    Gate gate = new Gate();
    TestDetector detector =
        new TestDetector(
            "slow",
            "1",
            media -> {
              gate.pass();
              return TestDetector.scored("slow", "1", 0.4);
            });
    DetectionService service = work.service(detector);
    MediaItem item = work.store("asked for thrice");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JobReports>> jobs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        jobs.add(threads.submit(() -> service.detect(work.job(item))));
      }
      gate.awaitArrivals(1);
      gate.open();
      for (Future<JobReports> job : jobs) {
        assertThat(job.get().reports()).extracting(DetectorReport::score).containsExactly(0.4);
      }
    }
    assertThat(detector.runs()).isOne();
  }

  @Test
  void worksOnNoMoreMediaAtOnceThanAllowed() throws Exception {
    Gate gate = new Gate();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    TestDetector detector =
        new TestDetector(
            "counted",
            "1",
            media -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              gate.pass();
              now.decrementAndGet();
              return TestDetector.scored("counted", "1", 0.4);
            });
    DetectionService service =
        work.service(
            new DetectionLimits(2, 1 << 20, Duration.ofMinutes(1), DecodeLimits.DEFAULT), detector);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JobReports>> jobs =
          IntStream.range(0, 6)
              .mapToObj(i -> work.job(work.store("medium " + i)))
              .map(job -> threads.submit(() -> service.detect(job)))
              .toList();
      gate.awaitArrivals(2);
      gate.open();
      for (Future<JobReports> job : jobs) {
        job.get();
      }
    }
    assertThat(most).hasValue(2);
    assertThat(detector.runs()).isEqualTo(6);
    assertThat(work.leftovers()).isEmpty();
  }

  @Test
  void refusesBytesThatAreNotThoseOfTheJob() {
    MediaItem stored = work.store("what is there");
    MediaItem claimed = work.item("0".repeat(64), 13, stored.s3());

    assertThatExceptionOfType(JobFailedException.class)
        .isThrownBy(
            () -> work.service(TestDetector.scoring("any", "1", 0)).detect(work.job(claimed)))
        .satisfies(e -> assertThat(e.error()).isEqualTo(JobFailedException.MEDIA_MISMATCH));
    assertThat(work.leftovers()).isEmpty();
  }

  @Test
  void refusesMediaThatAreGone() {
    String sha256 = "1".repeat(64);
    MediaItem gone =
        work.item(sha256, 1, new S3Location(work.objects().bucket(), "media/" + sha256));

    assertThatExceptionOfType(JobFailedException.class)
        .isThrownBy(() -> work.service(TestDetector.scoring("any", "1", 0)).detect(work.job(gone)))
        .satisfies(e -> assertThat(e.error()).isEqualTo(JobFailedException.MEDIA_MISSING));
  }

  @Test
  void refusesMediaBeyondItsLimit() {
    DetectionLimits small = new DetectionLimits(1, 10, Duration.ofMinutes(1), DecodeLimits.DEFAULT);
    MediaItem large = work.store("more than ten bytes");

    assertThatExceptionOfType(JobFailedException.class)
        .isThrownBy(
            () -> work.service(small, TestDetector.scoring("any", "1", 0)).detect(work.job(large)))
        .satisfies(e -> assertThat(e.error()).isEqualTo(JobFailedException.MEDIA_TOO_LARGE));
    assertThat(work.leftovers()).isEmpty();
  }

  @Test
  void reportsDetectorsThatTakeTooLongAndLeavesNothing() throws Exception {
    Gate never = new Gate();
    TestDetector stuck =
        new TestDetector(
            "stuck",
            "1",
            media -> {
              never.pass();
              return TestDetector.scored("stuck", "1", 1);
            });
    DetectionLimits brief =
        new DetectionLimits(1, 1 << 20, Duration.ofMillis(50), DecodeLimits.DEFAULT);

    JobReports reports = work.service(brief, stuck).detect(work.job(work.store("stuck")));

    assertThat(reports.reports())
        .extracting(DetectorReport::reason)
        .containsExactly(Reason.TIMEOUT);
    assertThat(work.leftovers()).isEmpty();
  }

  @Test
  void stopsWhenInterruptedAndLeavesNothing() throws Exception {
    Gate never = new Gate();
    TestDetector stuck =
        new TestDetector(
            "stuck",
            "1",
            media -> {
              never.pass();
              return TestDetector.scored("stuck", "1", 1);
            });
    DetectionService service = work.service(stuck);
    Job job = work.job(work.store("interrupted"));
    AtomicInteger interrupted = new AtomicInteger();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    service.detect(job);
                  } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                });
    never.awaitArrivals(1);

    thread.interrupt();
    thread.join();

    assertThat(interrupted).hasValue(1);
    assertThat(work.leftovers()).isEmpty();
    never.open();
    assertThat(service.detect(work.job(job.media())).reports()).hasSize(1);
  }

  @Test
  void throwsFaultsOfTheStoreForOthersToRetry() {
    Job job = work.job(work.store("cut off"));
    DetectionService service = work.service(TestDetector.scoring("any", "1", 0));
    wayToS3.cut();

    assertThatThrownBy(() -> service.detect(job)).isInstanceOf(SdkException.class);
    assertThat(work.leftovers()).isEmpty();
  }
}
