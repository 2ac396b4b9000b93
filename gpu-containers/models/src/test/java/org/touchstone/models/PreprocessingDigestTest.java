package org.touchstone.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingDigestTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final ModelManifest MANIFEST =
      PublishedManifestTest.read(PublishedManifestTest.PICTURES);

  @Test
  void theCanonicalFormIsALineForEachField() throws Exception {
    String form =
        """
        pipeline=frames
        input.name=images
        input.layout=nchw
        input.dtype=float32
        input.height=384
        input.width=384
        input.resize.shortEdge=440
        input.resize.filter=bicubic
        input.resize.library=pillow
        input.resize.rounding=half-even
        input.crop.rounding=down
        input.scale=0.00392156862745098
        input.mean=0.485,0.456,0.406
        input.std=0.229,0.224,0.225
        region.kind=frame
        options.aggregation=median
        options.people=maximum
        options.frames=8
        output.name=logits
        output.activation=sigmoid
        output.fakeIndex=0
        output.calibration.slope=0.635
        output.calibration.intercept=-0.264
        output.threshold=0.65
        """;

    assertThat(PreprocessingDigest.canonical(MANIFEST)).isEqualTo(form);
    assertThat(MANIFEST.preprocessingDigest())
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(form.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void facesAndSoundHaveFormsOfTheirOwn() {
    assertThat(
            PreprocessingDigest.canonical(PublishedManifestTest.read(PublishedManifestTest.FACES)))
        .contains(
            "input.fit=stretch\ninput.resampling=area\nregion.kind=face\nregion.minSize=60\n"
                + "region.doubtfulBelow=120\nregion.align=five-point\nregion.size=256\n"
                + "region.scale=1.3\nregion.maxFaces=5\n");
    assertThat(
            PreprocessingDigest.canonical(PublishedManifestTest.read(PublishedManifestTest.SOUND)))
        .startsWith(
            "pipeline=sound\ninput.name=wav\ninput.layout=samples\ninput.dtype=float32\n"
                + "input.sampleRate=16000\ninput.samples=64600\ninput.preemphasis=0.97\n"
                + "input.pad=zeros\ninput.hop=32300\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"shortEdge\": 440 | \"shortEdge\": 441",
        "half-even | down",
        "0.456 | 0.457",
        "0.00392156862745098 | 0.0039215686274509",
        "-0.264 | -0.265",
        "\"frames\": 8 | \"frames\": 9",
        "\"logits\" | \"probabilities\""
      })
  void whatChangesTheScoreChangesTheDigest(String from, String to) {
    assertThat(digest(from, to)).isNotEqualTo(MANIFEST.preprocessingDigest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"MIT\" | \"Apache-2.0\"",
        "\"2026-08\" | \"2026-09\"",
        "\"logits\", \"activation\": \"sigmoid\" |"
            + " \"logits\", \"activation\": \"SIGMOID\", \"fakeIndex\": 0",
        "\"falseAlarms\": 6 | \"falseAlarms\": 7"
      })
  void whatDoesNotChangeTheScoreKeepsTheDigest(String from, String to) {
    assertThat(digest(from, to)).isEqualTo(MANIFEST.preprocessingDigest());
  }

  @Test
  void otherWeightsBesideTheSameGraphChangeTheDigest() {
    String one = digest("{\"model.onnx\"", "{\"w.data\": \"%s\", \"model.onnx\"".formatted(A));
    String other = digest("{\"model.onnx\"", "{\"w.data\": \"%s\", \"model.onnx\"".formatted(B));
    assertThat(one).isNotEqualTo(other).isNotEqualTo(MANIFEST.preprocessingDigest());
  }

  private static String digest(String from, String to) {
    String changed = PublishedManifestTest.PICTURES.replace(from, to);
    assertThat(changed).isNotEqualTo(PublishedManifestTest.PICTURES);
    return PublishedManifestTest.read(changed).preprocessingDigest();
  }
}
