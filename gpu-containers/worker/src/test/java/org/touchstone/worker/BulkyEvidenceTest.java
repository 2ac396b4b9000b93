package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.context.HeatMap;
import org.touchstone.detectors.context.PeakFrame;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Faces;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.worker.support.Servers;
import org.touchstone.worker.support.TestDetector;
import org.touchstone.worker.support.Workplace;

class BulkyEvidenceTest {
  private static final byte[] PNG = {1, 2, 3};
  private static Servers servers;

  @TempDir Path folder;

  private final TestDetector mapping =
      new TestDetector(
          "mapping",
          "1",
          media -> {
            media.add(new HeatMap("mapping", PNG));
            return TestDetector.scored("mapping", "1", 0.4);
          });
  private final TestDetector plain = TestDetector.scoring("plain", "1", 0.2);
  private Workplace work;

  @BeforeAll
  static void startServers() {
    servers = new Servers();
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @BeforeEach
  void setUp() {
    work = new Workplace(servers, servers.s3().endpoint(), folder);
  }

  @AfterEach
  void tearDown() {
    work.close();
  }

  @Test
  void storesAHeatMapWithTheAnalysisAndNamesItInTheReport() throws Exception {
    Job job = work.job(work.store("mapped"));

    JobReports reports = work.service(mapping, plain).detect(job);

    String key = key(reports);
    assertThat(key)
        .isEqualTo(
            "analyses/%s/evidence/%s/image-mapping.heatmap.png"
                .formatted(job.analysisId(), job.media().id()));
    assertThat(work.objects().read(key).orElseThrow().body()).isEqualTo(PNG);
    assertThat(work.objects().head(key).orElseThrow().contentType()).isEqualTo("image/png");
    assertThat(reports.reports().get(1).evidence().heatmapKey()).isNull();
  }

  @Test
  void givesALaterAnalysisOfTheSameBytesItsOwnCopy() throws Exception {
    MediaItem item = work.store("mapped twice");
    DetectionService service = work.service(mapping, plain);
    String first = key(service.detect(work.job(item)));
    work.objects().delete(first);

    String second = key(service.detect(work.job(item)));

    assertThat(mapping.runs()).isOne();
    assertThat(second).isNotEqualTo(first);
    assertThat(work.objects().read(second).orElseThrow().body()).isEqualTo(PNG);
  }

  @Test
  void namesNoHeatMapThatIsGone() throws Exception {
    MediaItem item = work.store("mapped and lost");
    DetectionService service = work.service(mapping, plain);
    service.detect(work.job(item));
    work.objects().list("reports/" + item.sha256() + "/").stream()
        .filter(key -> key.endsWith(".png"))
        .forEach(work.objects()::delete);

    JobReports again = service.detect(work.job(item));

    assertThat(key(again)).isNull();
    assertThat(again.reports().getFirst().score()).isEqualTo(0.4);
  }

  @Test
  void storesTheFramesOfPeaksAndNamesThemInTheReport() throws Exception {
    MediaItem item = work.store("peaks");
    DetectionService service = work.service(peaking("1"));

    List<Peak> peaks = peaks(service.detect(work.job(item)));
    Job again = work.job(item);
    List<Peak> peaksAgain = peaks(service.detect(again));

    assertThat(peaks).extracting(Peak::time).containsExactly(1.0, 3.0, 5.0);
    assertThat(peaks.get(1).frameKey()).isNull();
    for (int i : new int[] {0, 2}) {
      String key = peaksAgain.get(i).frameKey();
      assertThat(key)
          .isEqualTo(
              "analyses/%s/evidence/%s/image-peaking.peak-%d.jpg"
                  .formatted(again.analysisId(), item.id(), i + 1))
          .isNotEqualTo(peaks.get(i).frameKey());
      assertThat(work.objects().read(key).orElseThrow().body()).containsExactly(i);
      assertThat(work.objects().head(key).orElseThrow().contentType()).isEqualTo("image/jpeg");
    }
  }

  @Test
  void worksWithEveryVersionThatAManifestMayName() throws Exception {
    MediaItem item = work.store("fp16");

    JobReports reports = work.service(peaking("1.0+fp16")).detect(work.job(item));

    assertThat(peaks(reports).getFirst().frameKey()).isNotNull();
  }

  @Test
  void storesPicturesOfPeaksThatAreNotAboutPeople() throws Exception {
    MediaItem item = work.store("a landscape");
    Evidence evidence = Evidence.NONE.withPeaks(List.of(new Peak(2, 0.9, 0, null)));
    TestDetector detector =
        new TestDetector(
            "frames",
            "1",
            media -> {
              media.add(new PeakFrame("frames", 0, new byte[] {7}));
              return TestDetector.scored("frames", "1", 0.4).withEvidence(evidence);
            });

    JobReports reports = work.service(detector).detect(work.job(item));

    String key = reports.reports().getFirst().evidence().peaks().getFirst().frameKey();
    assertThat(work.objects().read(key).orElseThrow().body()).containsExactly(7);
  }

  private static TestDetector peaking(String version) {
    List<Peak> peaks =
        List.of(new Peak(1, 0.9, 1, null), new Peak(3, 0.8, 1, null), new Peak(5, 0.7, 2, null));
    Evidence evidence = Evidence.NONE.withFaces(new Faces("faces 1", List.of(), peaks));
    return new TestDetector(
        "peaking",
        version,
        media -> {
          media.add(new PeakFrame("peaking", 2, new byte[] {2}));
          media.add(new PeakFrame("peaking", 0, new byte[] {0}));
          return TestDetector.scored("peaking", version, 0.4).withEvidence(evidence);
        });
  }

  private static List<Peak> peaks(JobReports reports) {
    return reports.reports().getFirst().evidence().faces().peaks();
  }

  private static String key(JobReports reports) {
    return reports.reports().getFirst().evidence().heatmapKey();
  }
}
