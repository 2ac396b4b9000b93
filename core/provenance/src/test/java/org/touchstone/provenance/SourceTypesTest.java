package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.jpegWithXmp;
import static org.touchstone.testing.media.Containers.pngWith;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.testing.media.C2pa;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Xmp;

/** Results for IPTC source types and C2PA manifests. */
class SourceTypesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "trainedAlgorithmicMedia, 0.75",
    "compositeWithTrainedAlgorithmicMedia, 0.65",
    "compositeSynthetic, 0.65"
  })
  void scoresTheSourceTypesOfSyntheticMedia(String type, double score) {
    Path xmp = jpegWithXmp(jpeg(), Xmp.sourceType(type));
    Path c2pa = png();
    pngWith(c2pa, "caBX", new C2pa().manifest("G", C2pa.action("a", type, "S")).store());

    assertThat(detect(xmp).score()).isEqualTo(score);
    assertThat(detect(c2pa).score()).isEqualTo(score);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "digitalCapture",
        "computationalCapture",
        "negativeFilm",
        "humanEdits",
        "screenCapture",
        "digitalCreation",
        "composite",
        "compositeCapture",
        "algorithmicMedia",
        "algorithmicallyEnhanced",
        "virtualRecording",
        "minorHumanEdits"
      })
  void drawsNoConclusionFromOtherSourceTypes(String type) {
    Path xmp = jpegWithXmp(jpeg(), Xmp.sourceType(type));
    Path c2pa = png();
    pngWith(c2pa, "caBX", new C2pa().manifest("Cam", C2pa.action("a", type, "Cam")).store());

    assertAbstains(detect(xmp));
    assertAbstains(detect(c2pa));
  }

  @Test
  void scoresAGeneratedParentLower() {
    assertThat(detect(composedOf("parentOf")).score()).isEqualTo(0.6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"componentOf", "inputTo", "somethingNew"})
  void tellsOtherGeneratedIngredientsWithoutAnyScore(String relationship) {
    DetectorReport report = detect(composedOf(relationship));

    assertAbstains(report);
    assertThat(report.evidence().findings())
        .contains(
            new Finding(
                "c2pa:ingredientDigitalSourceType",
                "c2pa-generated-ingredient",
                "trainedAlgorithmicMedia"));
  }

  private Path composedOf(String relationship) {
    byte[] store =
        new C2pa()
            .manifest("G", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "S"))
            .manifestOf(
                relationship,
                "activeManifest",
                "Editor",
                C2pa.action("c2pa.edited", "composite", "Editor"))
            .store();
    return pngWith(png(), "caBX", store);
  }

  @Test
  void drawsNoConclusionFromTheManifestOfACamera() {
    byte[] store =
        new C2pa()
            .manifest("Leica M11-P", C2pa.action("c2pa.created", "digitalCapture", "Leica M11-P"))
            .manifestOf(
                "parentOf",
                "activeManifest",
                "Adobe Photoshop 26.0",
                C2pa.action("c2pa.color_adjustments", "humanEdits", "Adobe Photoshop"))
            .store();

    assertAbstains(detect(pngWith(png(), "caBX", store)));
  }

  @Test
  void tellsTheGeneratedContentOfThePantryWithoutAnyScore() {
    byte[] xmp = Xmp.sourceTypeInPantry("trainedAlgorithmicMedia");

    DetectorReport report = detect(jpegWithXmp(jpeg(), xmp));

    assertAbstains(report);
    assertThat(report.evidence().findings())
        .containsExactly(
            new Finding(
                "xmp-ingredient:DigitalSourceType",
                "iptc-generated-ingredient",
                "trainedAlgorithmicMedia"));
  }

  @Test
  void leavesAPhotographRetouchedByGenerativeRemoveUncertain() {
    byte[] store =
        new C2pa()
            .manifest("Leica M11-P", C2pa.action("c2pa.created", "digitalCapture", "Leica M11-P"))
            .manifestOf(
                "parentOf",
                "activeManifest",
                "Adobe Lightroom",
                C2pa.action("c2pa.edited", "compositeWithTrainedAlgorithmicMedia", "Adobe Firefly"))
            .store();

    DetectorReport report = detect(pngWith(png(), "caBX", store));

    assertThat(report.score()).isEqualTo(0.65);
    assertThat(report.evidence().generator()).isEqualTo("Adobe Firefly");
  }

  private static void assertAbstains(DetectorReport report) {
    assertThat(report.status()).isEqualTo(ReportStatus.ABSTAINED);
    assertThat(report.reason()).isEqualTo(Reason.NO_SIGNAL);
    assertThat(report.score()).isNull();
  }

  private static DetectorReport detect(Path file) {
    MediaMetadata metadata = new MetadataReader().read(file, ContainerTags.NONE);
    return MetadataReport.of(metadata, Modality.IMAGE, Provenance.ABSENT).orElseThrow();
  }

  private Path jpeg() {
    return Samples.named("picture.jpg").newIn(folder);
  }

  private Path png() {
    return Samples.named("picture.png").newIn(folder);
  }
}
