package org.touchstone.detectors.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceAt;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.models.Compression;
import org.touchstone.models.InputQuality;
import org.touchstone.models.ModelManifest;
import org.touchstone.testing.models.TestModels;

class FaceReliabilityTest {
  private static final String MODEL = "a".repeat(64);
  private static final InputQuality QUALITY =
      new InputQuality(OptionalInt.of(720), OptionalInt.empty(), Optional.of(Compression.LIGHT));

  @Test
  void aMeanOfFramesHasTheCountsOfMeans() {
    Reliability known = of("mean", overall(1, 140, 140, 140), QUALITY);

    assertThat(known.combination()).isEqualTo(Combination.MEAN);
    assertThat(known.looks()).isEqualTo(3);
    assertThat(known.counts().row()).isEqualTo("means");
    assertThat(known.doubt()).isNull();
  }

  @Test
  void theHighestOfSeveralPeopleIsAMaximumOfWhatHoldsForOne() {
    Reliability known = of("maximum", overall(3, 140, 140, 140), QUALITY);

    assertThat(known.combination()).isEqualTo(Combination.MAXIMUM);
    assertThat(known.looks()).isEqualTo(3);
    assertThat(known.counts().row()).isEqualTo("means");
    Reliability still = of("maximum", overall(2, 140), QUALITY);
    assertThat(still.combination()).isEqualTo(Combination.MAXIMUM);
    assertThat(still.looks()).isEqualTo(2);
    assertThat(still.threshold()).isEqualTo(0.9);
    assertThat(still.counts().row()).isEqualTo("single looks");
  }

  @Test
  void aMedianOfPeopleNeedsCountsOfItsOwn() {
    Reliability known = of("median", overall(3, 140, 140, 140), QUALITY);

    assertThat(known.combination()).isEqualTo(Combination.MEDIAN);
    assertThat(known.counts()).isNull();
    assertThat(known.calibration()).isNull();
  }

  @Test
  void doubtsSmallFacesAndStrongCompression() {
    InputQuality strong =
        new InputQuality(OptionalInt.of(720), OptionalInt.empty(), Optional.of(Compression.STRONG));

    assertThat(of("mean", overall(1, 200, 119, 70), QUALITY).doubt()).contains("120 pixels");
    assertThat(of("mean", overall(1, 200, 120, 70), QUALITY).doubt()).isNull();
    assertThat(of("mean", overall(1, 200), strong).doubt()).contains("compressed");
  }

  @Test
  void asksForNothingWhenTheManifestSaysNothing() {
    ModelManifest silent =
        ModelManifest.read(
            TestModels.manifest("silent", "1", 8)
                .replace("@SHA256@", MODEL)
                .getBytes(StandardCharsets.UTF_8));

    assertThat(
            FaceReliability.of(
                silent,
                overall(1, 140),
                () -> {
                  throw new AssertionError("asked");
                }))
        .isEmpty();
  }

  private static Reliability of(String people, PeopleScores.Overall overall, InputQuality quality) {
    ModelManifest draft = manifest(people, "0".repeat(64));
    ModelManifest manifest = manifest(people, draft.preprocessingDigest());
    return FaceReliability.of(manifest, overall, () -> quality).orElseThrow();
  }

  private static ModelManifest manifest(String people, String digest) {
    String json =
        """
        {"name": "own", "version": "1", "licence": "MIT", "engine": "OnnxRuntime",
         "files": {"model.onnx": "MODEL"}, "pipeline": "face-classifier",
         "input": {"name": "faces", "layout": "NCHW", "dtype": "float32", "height": 8, "width": 8},
         "output": {"name": "logits", "activation": "softmax", "fakeIndex": 1,
                    "threshold": 0.9},
         "region": {"kind": "face", "align": "five-point", "minSize": 60, "doubtfulBelow": 120},
         "options": {"people": "PEOPLE"},
         "thresholds": {"uncertain": 0.4, "fake": 0.6},
         "category": "faces", "tracks": ["image", "video"],
         "reliability": {"version": "1", "model": "MODEL", "preprocessing": "DIGEST",
           "fitted": true, "fakeShare": 0.5, "rows": [
            {"name": "single looks", "combination": "single", "falseAlarms": 9,
             "authentic": 90, "hits": 50, "fakes": 90, "source": "nobody"},
            {"name": "means", "combination": "mean", "falseAlarms": 1,
             "authentic": 90, "hits": 60, "fakes": 90, "source": "nobody"}]}}
        """
            .replace("MODEL", MODEL)
            .replace("PEOPLE", people)
            .replace("DIGEST", digest);
    return ModelManifest.read(json.getBytes(StandardCharsets.UTF_8));
  }

  /** A score of that many people that faces of these sizes decided. */
  private static PeopleScores.Overall overall(int people, int... sizes) {
    List<FaceSample> behind = new ArrayList<>();
    for (int size : sizes) {
      Face face = new Face(new Rectangle(0, 0, size, 2 * size), 0.9);
      behind.add(new FaceSample(0, 0, 0, new FaceAt(0, face), new float[] {0, 1}));
    }
    return new PeopleScores.Overall(0.7, behind, people);
  }
}
