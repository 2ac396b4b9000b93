package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.ThirdParties;
import org.touchstone.models.ModelStore;
import org.touchstone.worker.support.NetworkPath;
import org.touchstone.worker.support.Servers;
import org.touchstone.worker.support.TestDetector;
import org.touchstone.worker.support.Workplace;

/** Reuse of earlier results: when detectors run again and when they do not. */
@ExtendWith(Servers.Extension.class)
class DetectionReuseTest {
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
  void aDetectorOfAnotherOrganisationDoesNotRunWhereTheAnalysisForbidsIt() throws Exception {
    TestDetector own = TestDetector.scoring("own", "1", 0.7);
    TestDetector others = TestDetector.scoring("others", "1", 0.9);
    DetectionService service = work.service(own, new ThirdParty(others));
    MediaItem item = work.store("kept here");

    JobReports reports =
        service.detect(work.job(item, null, new JobOptions(false, ThirdParties.NONE)));

    assertThat(others.runs()).isZero();
    assertThat(reports.reports())
        .extracting(DetectorReport::reason)
        .containsExactly(null, Reason.NOT_ALLOWED);
    // What was not allowed is not kept for an analysis that allows it.
    assertThat(service.detect(work.job(item)).reports())
        .extracting(DetectorReport::score)
        .containsExactly(0.7, 0.9);
    assertThat(others.runs()).isOne();
  }

  private record ThirdParty(Detector detector) implements Detector {
    @Override
    public String name() {
      return detector.name();
    }

    @Override
    public String modelVersion() {
      return detector.modelVersion();
    }

    @Override
    public Category category() {
      return detector.category();
    }

    @Override
    public Set<Modality> tracks() {
      return detector.tracks();
    }

    @Override
    public boolean isThirdParty() {
      return true;
    }

    @Override
    public DetectorReport detect(MediaContext media) {
      return detector.detect(media);
    }
  }

  @Test
  void aReportInALanguageIsKeptForThatLanguage() throws Exception {
    List<String> asked = new ArrayList<>();
    DetectionService service = work.service(new Linguist(null, asked));
    MediaItem item = work.store("spoken");
    Job german = work.job(item, null, JobOptions.DEFAULT.withLanguage("de"));

    service.detect(german);
    service.detect(german);
    service.detect(work.job(item));

    assertThat(asked).containsExactly("de", null);
  }

  private record Linguist(String language, List<String> asked) implements Detector {
    @Override
    public String name() {
      return "linguist";
    }

    @Override
    public String modelVersion() {
      return language == null ? "1" : "1.language-" + language;
    }

    @Override
    public Category category() {
      return Category.FORENSIC;
    }

    @Override
    public Set<Modality> tracks() {
      return Set.of(Modality.IMAGE);
    }

    @Override
    public Detector inLanguage(String tag) {
      return new Linguist(tag, asked);
    }

    @Override
    public DetectorReport detect(MediaContext media) {
      asked.add(language);
      return TestDetector.scored(name(), modelVersion(), 0.5);
    }
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
  void givesNeitherTheMetadataNorTheProvenanceThatResolutionHasRead() throws Exception {
    TestDetector metadata = TestDetector.scoring("metadata", "1", 0.9);
    TestDetector other = TestDetector.scoring("other", "1", 0.4);
    MediaItem item = work.store("read before");
    Job read = read(work.job(item));

    JobReports reports = work.service(metadata, other).detect(read);

    assertThat(metadata.runs()).isZero();
    assertThat(reports.reports()).extracting(DetectorReport::detector).containsExactly("other");
    assertThat(reports.provenance()).isNull();
    work.objects().delete(item.s3().key());
    assertThat(work.service(metadata).detect(read).reports()).isEmpty();
  }

  private static Job read(Job job) {
    return new Job(
        job.taskToken(),
        job.analysisId(),
        job.endpoint(),
        job.queueUrl(),
        job.track(),
        job.media(),
        job.options(),
        true);
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
