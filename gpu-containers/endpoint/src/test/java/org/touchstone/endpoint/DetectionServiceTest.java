package org.touchstone.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
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
import org.touchstone.detectors.DecodeLimits;
import org.touchstone.detectors.DetectionException;
import org.touchstone.detectors.Detector;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.model.ModelStore;
import org.touchstone.detectors.onnx.OnnxModels;
import org.touchstone.detectors.onnx.OnnxSettings;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.S3Location;
import org.touchstone.endpoint.support.Gate;
import org.touchstone.endpoint.support.NetworkPath;
import org.touchstone.endpoint.support.Servers;
import org.touchstone.endpoint.support.TestDetector;
import org.touchstone.endpoint.support.Workplace;
import software.amazon.awssdk.core.exception.SdkException;

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
    assertThat(reports.reports())
        .extracting(DetectorReport::detector)
        .containsExactly("first", "second");
    assertThat(reports.reports()).extracting(DetectorReport::score).containsExactly(0.9, 0.1);
    assertThat(reports.provenance()).isNotNull();
    assertThat(reports.finishedAt()).isAfterOrEqualTo(reports.startedAt());
    assertThat(work.leftovers()).isEmpty();
  }

  @Test
  void fetchesNothingWhenAllIsKnown() throws Exception {
    TestDetector detector = TestDetector.scoring("known", "1", 0.7);
    DetectionService service = work.service(detector);
    MediaItem item = work.store("seen before");
    JobReports first = service.detect(work.job(item));
    work.objects().delete(item.s3().key());

    JobReports second = service.detect(work.job(item));

    assertThat(detector.runs()).isOne();
    assertThat(second.reports()).extracting(DetectorReport::score).containsExactly(0.7);
    assertThat(second.provenance()).isEqualTo(first.provenance());
  }

  @Test
  void fetchesNothingForDetectorsThatAreNotInstalled(@TempDir Path models) throws Exception {
    ModelStore store = new ModelStore(models);
    try (OnnxModels onnx = new OnnxModels(store, OnnxSettings.DEFAULT)) {
      DetectionService service =
          work.service(DetectorRegistry.of(store, onnx).all().toArray(new Detector[0]));
      MediaItem item = work.store("no medium at all");
      JobReports first = service.detect(work.job(item));
      work.objects().delete(item.s3().key());

      JobReports second = service.detect(work.job(item));

      assertThat(second.reports())
          .extracting(DetectorReport::detector)
          .containsExactlyElementsOf(
              first.reports().stream().map(DetectorReport::detector).toList());
      assertThat(second.reports())
          .filteredOn(report -> report.reason() == Reason.NOT_INSTALLED)
          .extracting(DetectorReport::detector)
          .containsExactlyInAnyOrder("distil-dire", "ufd");
    }
  }

  @Test
  void runsOnlyDetectorsOfWhichNoReportIsKnown() throws Exception {
    TestDetector old = TestDetector.scoring("steady", "1", 0.2);
    MediaItem item = work.store("updated model");
    work.service(old, TestDetector.scoring("updated", "1", 0.3)).detect(work.job(item));
    TestDetector updated = TestDetector.scoring("updated", "2", 0.8);

    JobReports reports = work.service(old, updated).detect(work.job(item));

    assertThat(old.runs()).isOne();
    assertThat(updated.runs()).isOne();
    assertThat(reports.reports()).extracting(DetectorReport::score).containsExactly(0.2, 0.8);
  }

  @Test
  void runsAllAgainWhenForced() throws Exception {
    TestDetector detector = TestDetector.scoring("forced", "1", 0.5);
    DetectionService service = work.service(detector);
    MediaItem item = work.store("forced");
    service.detect(work.job(item));

    service.detect(work.job(item, null, new JobOptions(true)));

    assertThat(detector.runs()).isEqualTo(2);
  }

  @Test
  void triesAgainWhatFailed() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    TestDetector unsteady =
        new TestDetector(
            "unsteady",
            "1",
            media -> {
              if (calls.getAndIncrement() == 0) {
                throw new DetectionException(Reason.ERROR, "once");
              }
              return TestDetector.scored("unsteady", "1", 0.6);
            });
    DetectionService service = work.service(unsteady);
    MediaItem item = work.store("unsteady");

    JobReports first = service.detect(work.job(item));
    JobReports second = service.detect(work.job(item));

    assertThat(first.reports().getFirst().status()).isEqualTo(ReportStatus.FAILED);
    assertThat(second.reports().getFirst().score()).isEqualTo(0.6);
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

  @Test
  void givesReportsThoughTheyCannotBeKept() throws Exception {
    TestDetector cutting =
        new TestDetector(
            "cutting",
            "1",
            media -> {
              wayToS3.cut();
              return TestDetector.scored("cutting", "1", 0.3);
            });

    JobReports reports = work.service(cutting).detect(work.job(work.store("kept by no one")));

    assertThat(reports.reports()).extracting(DetectorReport::score).containsExactly(0.3);
  }

  @Test
  void takesKeptResultsThatCannotBeReadAsUnknown() throws Exception {
    TestDetector detector = TestDetector.scoring("kept", "1", 0.5);
    DetectionService service = work.service(detector);
    MediaItem item = work.store("damaged");
    service.detect(work.job(item));
    for (String key : work.objects().list("reports/" + item.sha256() + "/")) {
      work.objects().put(key, "{".getBytes(StandardCharsets.UTF_8), "application/json");
    }

    JobReports reports = service.detect(work.job(item));

    assertThat(detector.runs()).isEqualTo(2);
    assertThat(reports.reports()).extracting(DetectorReport::score).containsExactly(0.5);
  }
}
