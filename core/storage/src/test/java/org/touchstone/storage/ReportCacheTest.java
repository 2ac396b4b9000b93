package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.storage.Samples.SCORED;
import static org.touchstone.storage.Samples.SHA256;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;

class ReportCacheTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final String OTHER_SHA256 = "f".repeat(64);

  private ReportCache cache;

  @BeforeEach
  void openBucket() {
    cache = new ReportCache(BUCKET.objects());
  }

  @Test
  void findsTheReportOfTheSameBytesTrackDetectorAndVersion() {
    cache.save(SHA256, Modality.IMAGE, SCORED);

    assertThat(cache.find(SHA256, Modality.IMAGE, "metadata", "1")).contains(SCORED);
    assertThat(cache.find(OTHER_SHA256, Modality.IMAGE, "metadata", "1")).isEmpty();
    assertThat(cache.find(SHA256, Modality.VIDEO, "metadata", "1")).isEmpty();
    assertThat(cache.find(SHA256, Modality.IMAGE, "ufd", "1")).isEmpty();
    assertThat(cache.find(SHA256, Modality.IMAGE, "metadata", "2")).isEmpty();
  }

  @Test
  void reportsOfCpusAndGpusAreKeptApartAndThoseOfMetadataAreNot() {
    ReportCache ofCpus = new ReportCache(BUCKET.objects(), Compute.CPU);
    DetectorReport onCpu = DetectorReport.scored("ufd", "1", null, 0.31, null, null);
    DetectorReport onGpu = DetectorReport.scored("ufd", "1", null, 0.32, null, null);
    ofCpus.save(SHA256, Modality.IMAGE, onCpu);
    cache.save(SHA256, Modality.IMAGE, onGpu);
    cache.save(SHA256, Modality.IMAGE, SCORED);

    assertThat(ofCpus.find(SHA256, Modality.IMAGE, "ufd", "1")).contains(onCpu);
    assertThat(cache.find(SHA256, Modality.IMAGE, "ufd", "1")).contains(onGpu);
    assertThat(ofCpus.find(SHA256, Modality.IMAGE, "metadata", "1")).contains(SCORED);
    assertThat(BUCKET.objects().list("reports/"))
        .containsExactly(
            "reports/" + SHA256 + "/image/metadata/1.json",
            "reports/" + SHA256 + "/image/ufd/1.json",
            "reports/" + SHA256 + "/image/ufd/1@cpu.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0+fp16.faces-00000000",
        "a234567890123456789012345678901234567890123456789012345678901234.faces-00000000"
      })
  void keepsReportsOfWhateverVersionAModelMayHave(String version) {
    DetectorReport report = abstained(Reason.NO_FACE, version);

    cache.save(SHA256, Modality.IMAGE, report);

    assertThat(cache.find(SHA256, Modality.IMAGE, "ufd", version)).contains(report);
  }

  @Test
  void findsTheProvenanceThatTheSameRulesReadFromTheSameBytes() {
    Provenance provenance =
        new Provenance(Provenance.State.VALID_TRUSTED, "signer", null, null, null);
    cache.saveProvenance(SHA256, "signatures-2", provenance);

    assertThat(cache.findProvenance(SHA256, "signatures-2")).contains(provenance);
    assertThat(cache.findProvenance(SHA256, "signatures-1")).isEmpty();
    assertThat(cache.findProvenance(OTHER_SHA256, "signatures-2")).isEmpty();
    assertThat(BUCKET.objects().list("reports/"))
        .containsExactly("reports/" + SHA256 + "/provenance/signatures-2.json");
    assertThatThrownBy(() -> cache.findProvenance("../media", "signatures-2"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void replacesAReportThatWasMadeAnew() {
    cache.save(SHA256, Modality.IMAGE, SCORED);
    DetectorReport anew =
        DetectorReport.scored("metadata", "1", Category.FORENSIC, 0.25, null, null);
    cache.save(SHA256, Modality.IMAGE, anew);

    assertThat(cache.find(SHA256, Modality.IMAGE, "metadata", "1"))
        .map(DetectorReport::score)
        .contains(0.25);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {
        "NOT_INSTALLED",
        "NOT_ALLOWED",
        "NO_ANSWER",
        "NOT_NEEDED",
        "LIMIT_REACHED",
        "TOO_LONG",
        "TOO_LARGE",
        "UNSUPPORTED",
        "CORRUPT",
        "TIMEOUT",
        "WORKER_LOST",
        "ENVIRONMENT",
        "ERROR"
      })
  void keepsAbstentionsThatLieInTheContent(Reason reason) {
    DetectorReport report = abstained(reason, "1");
    cache.save(SHA256, Modality.IMAGE, report);

    assertThat(cache.find(SHA256, Modality.IMAGE, "ufd", "1")).contains(report);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {
        "NOT_INSTALLED",
        "NOT_ALLOWED",
        "NO_ANSWER",
        "NOT_NEEDED",
        "LIMIT_REACHED",
        "TOO_LONG",
        "TOO_LARGE",
        "UNSUPPORTED",
        "CORRUPT",
        "TIMEOUT",
        "WORKER_LOST",
        "ENVIRONMENT",
        "ERROR"
      })
  void doesNotKeepAbstentionsThatMayPass(Reason reason) {
    cache.save(SHA256, Modality.IMAGE, abstained(reason, "1"));

    assertThat(cache.find(SHA256, Modality.IMAGE, "ufd", "1")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void doesNotKeepFailures(Reason reason) {
    cache.save(
        SHA256,
        Modality.IMAGE,
        DetectorReport.failed("ufd", "1", Category.GENERATIVE, reason, null));

    assertThat(cache.find(SHA256, Modality.IMAGE, "ufd", "1")).isEmpty();
  }

  @Test
  void knowsNothingOfADetectorWithoutAModel() {
    cache.save(SHA256, Modality.IMAGE, abstained(Reason.NO_FACE, null));

    assertThat(cache.find(SHA256, Modality.IMAGE, "ufd", null)).isEmpty();
    assertThat(BUCKET.objects().list("")).isEmpty();
  }

  @Test
  void refusesNamesThatWouldReachOtherKeys() {
    assertThatThrownBy(() -> cache.find("..", Modality.IMAGE, "ufd", "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache.find(SHA256, Modality.IMAGE, "../ufd", "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(cache.find(SHA256, Modality.IMAGE, "ufd", "../1")).isEmpty();
  }

  private static DetectorReport abstained(Reason reason, String version) {
    return DetectorReport.abstained("ufd", version, Category.GENERATIVE, reason, "because");
  }
}
