package org.touchstone.detectors.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pipelines.frames.OnnxFrameDetector;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.ReportTimings;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

class DetectionRunTest {
  private static final Duration AMPLE = Duration.ofMinutes(2);

  private final DetectionRun pipeline = new DetectionRun();

  @TempDir Path folder;

  @Test
  void runsTheWholeEnsembleOnARealVideo() {
    TestModels.install(
        folder.resolve("models"),
        TestModels.manifest("own-classifier", "3", 8).replace("\"frame\"", "\"face\""),
        TestModels.means(8, new float[][] {{1, 1, 1}}, new float[1]));
    ModelStore store = new ModelStore(folder.resolve("models"));
    Path video = TestMedia.faceVideo(folder, 30);
    try (OnnxModels models = new OnnxModels(store, OnnxSettings.DEFAULT);
        CascadeFaceDetector faces = new CascadeFaceDetector();
        MediaContext media =
            TestMedia.context(video, Modality.VIDEO, DecodeLimits.DEFAULT, faces)) {
      DetectorRegistry registry = DetectorRegistry.of(store, models);

      List<DetectorReport> reports = pipeline.run(media, registry.forTrack(Modality.VIDEO), AMPLE);

      assertThat(reports)
          .extracting(DetectorReport::detector)
          .containsExactly(
              "metadata",
              "own-classifier",
              "genconvit",
              "ftcn",
              "styleflow",
              "distil-dire",
              "ufd",
              "lip-sync");
      assertThat(reports.get(0).reason()).isEqualTo(Reason.NO_SIGNAL);
      assertThat(reports.get(1).status()).isEqualTo(ReportStatus.SCORED);
      assertThat(reports.get(1).modelVersion()).isEqualTo("3");
      assertThat(reports.get(1).timings().decode()).isPositive();
      assertThat(reports.subList(2, 8))
          .allSatisfy(r -> assertThat(r.reason()).isEqualTo(Reason.NOT_INSTALLED));
    }
  }

  @Test
  void registersTheWholeEnsembleWithoutAnyModel() {
    ModelStore store = new ModelStore(folder);
    try (OnnxModels models = new OnnxModels(store, OnnxSettings.DEFAULT)) {
      DetectorRegistry registry = DetectorRegistry.of(store, models);

      assertThat(names(registry, Modality.VIDEO))
          .containsExactly(
              "metadata", "genconvit", "ftcn", "styleflow", "distil-dire", "ufd", "lip-sync");
      assertThat(names(registry, Modality.IMAGE)).containsExactly("metadata", "distil-dire", "ufd");
      assertThat(names(registry, Modality.AUDIO)).containsExactly("metadata", "transcript");
      assertThat(registry.find("ufd")).isPresent();
      assertThat(registry.find("other")).isEmpty();
    }
  }

  @Test
  void replacesWhatIsMissingByTheInstalledModelOfThatName() {
    TestModels.install(
        folder,
        TestModels.manifest("ufd", "1", 8),
        TestModels.means(8, new float[][] {{1, 1, 1}}, new float[1]));
    ModelStore store = new ModelStore(folder);
    try (OnnxModels models = new OnnxModels(store, OnnxSettings.DEFAULT)) {
      DetectorRegistry registry = DetectorRegistry.of(store, models);

      assertThat(registry.find("ufd").orElseThrow().modelVersion()).isEqualTo("1");
      assertThat(names(registry, Modality.IMAGE)).containsOnlyOnce("ufd");
    }
  }

  @Test
  void goesOnAfterModelsThatCannotBeUsed() throws Exception {
    byte[] good = TestModels.means(8, new float[][] {{1, 1, 1}}, new float[1]);
    byte[] infinite =
        TestModels.means(8, new float[][] {{1, 1, 1}}, new float[] {Float.POSITIVE_INFINITY});
    String lying = TestModels.manifest("b-lies", "1", 8).replace("\"logits\"", "\"scores\"");
    TestModels.install(folder, TestModels.manifest("a-cut", "1", 8), Arrays.copyOf(good, 99));
    TestModels.install(folder, lying, good);
    TestModels.install(folder, TestModels.manifest("c-infinite", "1", 8), infinite);
    TestModels.install(folder, TestModels.manifest("d-changed", "1", 8), good);
    Files.write(folder.resolve("d-changed/1/model.onnx"), infinite);
    String small = TestModels.manifest("e-small", "1", 8);
    TestModels.install(
        folder, small.replace("\"category\"", "\"minShortEdge\": 4000, \"category\""), good);
    TestModels.install(folder, TestModels.manifest("f-good", "1", 8), good);
    ModelStore store = new ModelStore(folder);
    try (OnnxModels models = new OnnxModels(store, OnnxSettings.DEFAULT);
        MediaContext media = media()) {
      List<Detector> detectors =
          store.newest().stream()
              .<Detector>map(model -> new OnnxFrameDetector(model, models))
              .toList();

      List<DetectorReport> reports = pipeline.run(media, detectors, AMPLE);

      assertThat(reports)
          .extracting(DetectorReport::detector, DetectorReport::status, DetectorReport::reason)
          .containsExactly(
              tuple("a-cut", ReportStatus.FAILED, Reason.ERROR),
              tuple("b-lies", ReportStatus.FAILED, Reason.ERROR),
              tuple("c-infinite", ReportStatus.FAILED, Reason.ERROR),
              tuple("d-changed", ReportStatus.FAILED, Reason.ERROR),
              tuple("e-small", ReportStatus.ABSTAINED, Reason.TOO_SMALL),
              tuple("f-good", ReportStatus.SCORED, null));
      assertThat(reports)
          .extracting(DetectorReport::detail)
          .allSatisfy(detail -> assertThat(detail == null || !detail.contains("/")).isTrue());
    }
  }

  @Test
  void turnsWhateverDetectorsThrowIntoReports() {
    List<Detector> detectors =
        List.of(
            detector("abstains", m -> fail(Reason.NO_FACE)),
            detector("fails", m -> fail(Reason.ERROR)),
            detector(
                "crashes",
                m -> {
                  throw new IllegalStateException("secret of the host");
                }),
            detector(
                "unlinked",
                m -> {
                  throw new UnsatisfiedLinkError("libsecret.so");
                }),
            detector(
                "recurses",
                m -> {
                  throw new StackOverflowError();
                }),
            detector("works", m -> scored(0.25)));
    try (MediaContext media = media()) {

      List<DetectorReport> reports = pipeline.run(media, detectors, AMPLE);

      assertThat(reports)
          .extracting(DetectorReport::status)
          .containsExactly(
              ReportStatus.ABSTAINED,
              ReportStatus.FAILED,
              ReportStatus.FAILED,
              ReportStatus.FAILED,
              ReportStatus.FAILED,
              ReportStatus.SCORED);
      assertThat(reports.get(0).reason()).isEqualTo(Reason.NO_FACE);
      assertThat(reports.get(2).detail()).doesNotContain("secret");
      assertThat(reports.get(3).reason()).isEqualTo(Reason.ENVIRONMENT);
      assertThat(reports.get(3).detail()).doesNotContain("secret");
      assertThat(reports.get(4).reason()).isEqualTo(Reason.ERROR);
      assertThat(reports.get(5).score()).isEqualTo(0.25);
    }
  }

  @Test
  void aFaultOfTheMachineIsNeverTheMediums() {
    Map<String, RuntimeException> faults =
        Map.of(
            "full disk",
            new DetectionException(
                Reason.CORRUPT, "It is damaged.", new IOException("No space left on device")),
            "lost model",
            new ModelException("model.onnx is missing"),
            "no room for a picture",
            new DetectionException(Reason.CORRUPT, "It is damaged.", new OutOfMemoryError()),
            "unreadable disk",
            new DetectionException(Reason.ENVIRONMENT, "It cannot be read."));
    List<Detector> detectors =
        faults.entrySet().stream()
            .map(
                fault ->
                    detector(
                        fault.getKey(),
                        m -> {
                          throw fault.getValue();
                        }))
            .toList();
    try (MediaContext media = media()) {
      assertThat(pipeline.run(media, detectors, AMPLE))
          .hasSize(faults.size())
          .allSatisfy(
              report -> {
                assertThat(report.status()).isEqualTo(ReportStatus.FAILED);
                assertThat(report.reason()).isEqualTo(Reason.ENVIRONMENT);
                assertThat(report.detail()).contains("this machine").doesNotContain("onnx");
              });
    }
  }

  @Test
  void reportsCorruptMediaOncePerDetectorThatDecodes() throws Exception {
    Path broken = Files.write(folder.resolve("broken.jpg"), new byte[] {-1, -40, -1, -32});
    AtomicInteger decodes = new AtomicInteger();
    Function<MediaContext, DetectorReport> decode =
        m -> {
          decodes.incrementAndGet();
          m.image();
          return scored(0);
        };
    try (MediaContext media = TestMedia.context(broken, Modality.IMAGE, DecodeLimits.DEFAULT)) {

      List<DetectorReport> reports =
          pipeline.run(media, List.of(detector("a", decode), detector("b", decode)), AMPLE);

      assertThat(reports)
          .allSatisfy(
              r -> {
                assertThat(r.status()).isEqualTo(ReportStatus.ABSTAINED);
                assertThat(r.reason()).isEqualTo(Reason.CORRUPT);
              });
      assertThat(decodes).hasValue(2);
      assertThat(pipeline.provenance(media).state()).isEqualTo(Provenance.State.ABSENT);
    }
  }

  @Test
  void interruptsTheDetectorThatTakesTooLong() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Detector endless =
        detector(
            "endless",
            m -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return scored(1);
            });
    try (MediaContext media = media()) {

      List<DetectorReport> reports =
          pipeline.run(
              media,
              List.of(detector("quick", m -> scored(0.5)), endless, detector("c", m -> scored(1))),
              Duration.ofSeconds(2));

      assertThat(reports.get(0).status()).isEqualTo(ReportStatus.SCORED);
      assertThat(reports.subList(1, 3))
          .allSatisfy(r -> assertThat(r.reason()).isEqualTo(Reason.TIMEOUT));
      interrupted.await();
    }
  }

  @Test
  void stopsWhenTheCallerIsInterrupted() {
    Thread.currentThread().interrupt();
    try (MediaContext media = media()) {

      List<DetectorReport> reports =
          pipeline.run(media, List.of(detector("a", m -> scored(1))), AMPLE);

      assertThat(reports.getFirst().reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private MediaContext media() {
    return TestMedia.context(TestMedia.rocket(folder), Modality.IMAGE, DecodeLimits.DEFAULT);
  }

  private static List<String> names(DetectorRegistry registry, Modality track) {
    return registry.forTrack(track).stream().map(Detector::name).toList();
  }

  private static DetectorReport fail(Reason reason) {
    throw new DetectionException(reason, "because");
  }

  private static DetectorReport scored(double score) {
    return DetectorReport.scored(
        "any", "1", Category.FORENSIC, score, Evidence.NONE, ReportTimings.ZERO);
  }

  private static Detector detector(String name, Function<MediaContext, DetectorReport> work) {
    return new Detector() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String modelVersion() {
        return "1";
      }

      @Override
      public Category category() {
        return Category.FORENSIC;
      }

      @Override
      public Set<Modality> tracks() {
        return Set.of(Modality.IMAGE, Modality.VIDEO);
      }

      @Override
      public DetectorReport detect(MediaContext media) {
        return work.apply(media);
      }
    };
  }
}
