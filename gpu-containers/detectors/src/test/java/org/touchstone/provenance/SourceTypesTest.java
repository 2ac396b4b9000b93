package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.concat;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.pngWith;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.pipelines.metadata.MetadataDetector;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.testing.media.C2pa;

/** What source types of IPTC and manifests of C2PA lead to. */
class SourceTypesTest {

  private static final byte[] XMP = ascii("http://ns.adobe.com/xap/1.0/\0");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "trainedAlgorithmicMedia, 0.99",
    "compositeWithTrainedAlgorithmicMedia, 0.7",
    "compositeSynthetic, 0.7"
  })
  void scoresTheSourceTypesOfSyntheticMedia(String type, double score) throws IOException {
    Path xmp = jpegWith(rocket(), 0xe1, XMP, sourceType(type));
    Path c2pa = png();
    pngWith(c2pa, "caBX", new C2pa().manifest("G", C2pa.action("a", type, "S")).store());

    assertThat(detect(xmp, Modality.IMAGE).score()).isEqualTo(score);
    assertThat(detect(c2pa, Modality.IMAGE).score()).isEqualTo(score);
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
  void drawsNoConclusionFromOtherSourceTypes(String type) throws IOException {
    Path xmp = jpegWith(rocket(), 0xe1, XMP, sourceType(type));
    Path c2pa = png();
    pngWith(c2pa, "caBX", new C2pa().manifest("Cam", C2pa.action("a", type, "Cam")).store());

    assertAbstains(detect(xmp, Modality.IMAGE));
    assertAbstains(detect(c2pa, Modality.IMAGE));
  }

  @Test
  void scoresAGeneratedParentLower() throws IOException {
    assertThat(detect(composedOf("parentOf"), Modality.IMAGE).score()).isEqualTo(0.65);
  }

  @ParameterizedTest
  @ValueSource(strings = {"componentOf", "inputTo", "somethingNew"})
  void tellsOtherGeneratedIngredientsWithoutAnyScore(String relationship) throws IOException {
    DetectorReport report = detect(composedOf(relationship), Modality.IMAGE);

    assertAbstains(report);
    assertThat(report.evidence().findings())
        .contains(
            new Finding(
                "c2pa:ingredientDigitalSourceType",
                "c2pa-generated-ingredient",
                "trainedAlgorithmicMedia"));
  }

  private Path composedOf(String relationship) throws IOException {
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
  void drawsNoConclusionFromTheManifestOfACamera() throws IOException {
    byte[] store =
        new C2pa()
            .manifest("Leica M11-P", C2pa.action("c2pa.created", "digitalCapture", "Leica M11-P"))
            .manifestOf(
                "parentOf",
                "activeManifest",
                "Adobe Photoshop 26.0",
                C2pa.action("c2pa.color_adjustments", "humanEdits", "Adobe Photoshop"))
            .store();

    assertAbstains(detect(pngWith(png(), "caBX", store), Modality.IMAGE));
  }

  @Test
  void tellsTheGeneratedContentOfThePantryWithoutAnyScore() {
    byte[] xmp =
        ascii(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'"
                + " xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
                + " xmlns:mm='http://ns.adobe.com/xap/1.0/mm/'"
                + " xmlns:e='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'>"
                + "<r:RDF><r:Description><mm:Pantry><r:Bag><r:li><r:Description"
                + " e:DigitalSourceType='x/trainedAlgorithmicMedia'/></r:li></r:Bag></mm:Pantry>"
                + "</r:Description></r:RDF></x:xmpmeta>");

    DetectorReport report = detect(jpegWith(rocket(), 0xe1, XMP, xmp), Modality.IMAGE);

    assertAbstains(report);
    assertThat(report.evidence().findings())
        .containsExactly(
            new Finding(
                "xmp-ingredient:DigitalSourceType",
                "iptc-generated-ingredient",
                "trainedAlgorithmicMedia"));
  }

  @Test
  void leavesAPhotographRetouchedByGenerativeRemoveUncertain() throws IOException {
    byte[] store =
        new C2pa()
            .manifest("Leica M11-P", C2pa.action("c2pa.created", "digitalCapture", "Leica M11-P"))
            .manifestOf(
                "parentOf",
                "activeManifest",
                "Adobe Lightroom",
                C2pa.action("c2pa.edited", "compositeWithTrainedAlgorithmicMedia", "Adobe Firefly"))
            .store();

    DetectorReport report = detect(pngWith(png(), "caBX", store), Modality.IMAGE);

    assertThat(report.score()).isEqualTo(0.7);
    assertThat(report.evidence().generator()).isEqualTo("Adobe Firefly");
  }

  private static void assertAbstains(DetectorReport report) {
    assertThat(report.status()).isEqualTo(ReportStatus.ABSTAINED);
    assertThat(report.reason()).isEqualTo(Reason.NO_SIGNAL);
    assertThat(report.score()).isNull();
  }

  private static DetectorReport detect(Path file, Modality modality) {
    try (MediaContext media = context(file, modality)) {
      return new MetadataDetector().detect(media);
    }
  }

  private static MediaContext context(Path file, Modality modality) {
    return TestMedia.context(file, modality, DecodeLimits.DEFAULT);
  }

  private static byte[] sourceType(String type) {
    return concat(
        ascii(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF"
                + " xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description"
                + " xmlns:e='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' e:DigitalSourceType='"),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/" + type).getBytes(StandardCharsets.UTF_8),
        ascii("'/></r:RDF></x:xmpmeta>"));
  }

  private Path rocket() {
    return TestMedia.rocket(folder);
  }

  private Path png() throws IOException {
    Path file = Files.createTempFile(folder, "picture", ".png");
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }
}
