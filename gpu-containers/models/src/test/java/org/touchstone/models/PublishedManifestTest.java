package org.touchstone.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.models.PipelineOptions.Aggregation;
import org.touchstone.models.PipelineOptions.People;

/** Manifests that say how the ONNX file of somebody else is fed and read. */
class PublishedManifestTest {
  static final String PICTURES =
      """
      {"name": "commfor", "version": "2026-08", "licence": "MIT", "engine": "OnnxRuntime",
       "files": {"model.onnx": "@"},
       "input": {"name": "images", "layout": "NCHW", "dtype": "float32", "height": 384,
         "width": 384,
         "resize": {"shortEdge": 440, "filter": "bicubic", "library": "pillow",
           "rounding": "half-even"},
         "crop": {"rounding": "down"},
         "scale": 0.00392156862745098,
         "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]},
       "output": {"name": "logits", "activation": "sigmoid",
         "calibration": {"slope": 0.635, "intercept": -0.264}, "threshold": 0.65},
       "options": {"frames": 8, "aggregation": "median"},
       "category": "generative", "tracks": ["image", "video"], "minShortEdge": 440,
       "family": "community-forensics",
       "reliability": {"version": "2026-11", "model": "@", "preprocessing": "@", "fitted": true,
         "fakeShare": 0.5,
         "rows": [{"name": "large", "minShortEdge": 440, "maxShortEdge": null, "minFace": null,
           "maxFace": 99, "compression": "light", "combination": "mean", "falseAlarms": 6,
           "authentic": 600, "hits": 400, "fakes": 600, "source": "So-Fake-OOD"}]}}
      """
          .replace("@", "a".repeat(64));

  static final String FACES =
      """
      {"name": "gend", "version": "1", "licence": "MIT", "engine": "OnnxRuntime",
       "files": {"model.onnx": "@"}, "pipeline": "face-classifier",
       "input": {"name": "images", "layout": "NHWC", "dtype": "uint8", "height": 224,
         "width": 224},
       "region": {"kind": "face", "align": "five-point", "size": 256, "scale": 1.3,
         "minSize": 60, "doubtfulBelow": 120, "maxFaces": 5},
       "options": {"frames": 32, "people": "median"},
       "output": {"name": "logits", "activation": "softmax", "fakeIndex": 1},
       "thresholds": {"uncertain": 0.4, "fake": 0.9},
       "category": "faces", "tracks": ["image", "video"]}
      """
          .replace("@", "a".repeat(64));

  static final String SOUND =
      """
      {"name": "spectra", "version": "3", "licence": "MIT", "engine": "OnnxRuntime",
       "files": {"model.onnx": "@"}, "pipeline": "sound",
       "input": {"name": "wav", "layout": "samples", "dtype": "float32", "sampleRate": 16000,
         "samples": 64600, "preemphasis": 0.97, "pad": "zeros", "hop": 32300},
       "options": {"aggregation": "trimmed-mean"},
       "output": {"name": "logits", "activation": "softmax", "threshold": 0.5},
       "category": "voice", "tracks": ["audio"]}
      """
          .replace("@", "a".repeat(64));

  private static final String YUNET =
      """
      {"name": "yunet", "version": "2023mar", "licence": "MIT", "engine": "OnnxRuntime",
       "files": {"model.onnx": "@"}, "role": "face-detector", "network": "yunet",
       "input": {"name": "input", "layout": "NCHW", "dtype": "float32", "height": 640,
         "width": 640},
       "options": {"searchSize": 640}}
      """
          .replace("@", "a".repeat(64));

  @Test
  void readsHowPicturesArePreparedAndAnswersRead() {
    ModelManifest manifest = read(PICTURES);
    ModelRole.Detector role = manifest.detector().orElseThrow();

    Preparation preparation = manifest.visual().orElseThrow().preparation();
    assertThat(preparation.resize())
        .contains(
            new Resize.ShortEdge(
                440, Resize.Filter.BICUBIC, Resize.Library.PILLOW, Rounding.HALF_EVEN));
    assertThat(preparation.crop()).contains(Rounding.DOWN);
    assertThat(preparation.values())
        .isEqualTo(
            new PixelValues(
                0.00392156862745098, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)));
    assertThat(role.output())
        .isEqualTo(
            new Output(
                "logits",
                Activation.SIGMOID,
                0,
                Optional.of(new Output.Calibration(0.635, -0.264)),
                OptionalDouble.of(0.65)));
    assertThat(role.thresholds()).isEqualTo(new Thresholds(0.65, 0.65));
    assertThat(role.options())
        .isEqualTo(
            new PipelineOptions(Aggregation.MEDIAN, People.MAXIMUM, PipelineOptions.BUDGET, 8));
    assertThat(role.minShortEdge()).isEqualTo(440);
    assertThat(role.family()).contains("community-forensics");
  }

  @Test
  void readsWhatWasMeasured() {
    assertThat(read(PICTURES).detector().orElseThrow().reliability())
        .contains(
            new ReliabilityTable(
                "2026-11",
                "a".repeat(64),
                "a".repeat(64),
                true,
                OptionalDouble.of(0.5),
                List.of(
                    new ReliabilityTable.Row(
                        OptionalInt.of(440),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(99),
                        Optional.of(Compression.LIGHT),
                        Combination.MEAN,
                        new Counts("large", 6, 600, 400, 600),
                        "So-Fake-OOD"))));
  }

  @Test
  void bothSidesNeedNoCropIfTheyAreTheInputs() {
    ModelManifest squashed =
        read(
            PICTURES.replaceAll(
                "(?s)\"resize\".*?\"down\"}",
                "\"resize\": {\"height\": 384, \"width\": 384, \"filter\": \"bilinear\","
                    + " \"library\": \"torchvision\"}"));

    Preparation preparation = squashed.visual().orElseThrow().preparation();
    assertThat(preparation.resize())
        .contains(
            new Resize.BothSides(384, 384, Resize.Filter.BILINEAR, Resize.Library.TORCHVISION));
    assertThat(preparation.crop()).isEmpty();
  }

  @Test
  void readsHowFacesAreAligned() {
    ModelRole.Detector role = read(FACES).detector().orElseThrow();

    assertThat(role.region())
        .isEqualTo(
            new Region(
                Region.Kind.FACE, 0, 60, 120, Optional.of(new Region.Alignment(256, 1.3)), 5));
    assertThat(role.options())
        .isEqualTo(
            new PipelineOptions(Aggregation.MEAN, People.MEDIAN, PipelineOptions.BUDGET, 32));
  }

  @Test
  void facesAreAlignedAsGenDDoesItUnlessTheManifestSaysOtherwise() {
    ModelRole.Detector role =
        read(FACES
                .replace("\"align\": \"five-point\", \"size\": 256, \"scale\": 1.3,", "")
                .replace(", \"people\": \"median\"", ""))
            .detector()
            .orElseThrow();

    assertThat(role.region().align()).contains(new Region.Alignment(256, 1.3));
    assertThat(role.options().people()).isEqualTo(People.MEAN);
  }

  @Test
  void readsHowSoundIsCutIntoWindows() {
    ModelManifest manifest = read(SOUND);

    assertThat(manifest.input())
        .isEqualTo(
            new Input.Waveform(
                "wav",
                ElementType.FLOAT32,
                16_000,
                64_600,
                new Windowing(0.97, Windowing.Padding.ZEROS, 32_300)));
    assertThat(manifest.detector().orElseThrow().options().aggregation())
        .isEqualTo(Aggregation.TRIMMED_MEAN);
  }

  @Test
  void windowsFollowOneAnotherUnlessTheManifestSaysOtherwise() {
    Input.Waveform input =
        (Input.Waveform)
            read(SOUND.replaceAll("\"preemphasis.*32300", "\"pad\": \"repeat\"")).input();

    assertThat(input.windowing()).isEqualTo(new Windowing(0, Windowing.Padding.REPEAT, 64_600));
  }

  @Test
  void readsYuNet() {
    ModelManifest manifest = read(YUNET);

    assertThat(manifest.role()).isEqualTo(new ModelRole.FaceDetector(FaceNetwork.YUNET, 640));
    assertThat(manifest.input().type()).isEqualTo(ElementType.FLOAT32);
    assertThat(manifest.input().shape()).containsExactly(3, 640, 640);
    assertThat(read(YUNET.replaceAll(", \"height\": 640,\\s+\"width\": 640", "")).input().shape())
        .containsExactly(3, Input.ANY_SIZE, Input.ANY_SIZE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"resize\": {       | \"fit\": \"cover\", \"resize\": {  | input.resize takes the place of",
        "\"resize\": {       | \"resampling\": \"area\", \"resize\": { | input.resize takes the place",
        "\"crop\": {         | \"crops\": {               | input.crops is unknown",
        "\"down\"            | \"up\"                     | input.crop.rounding must be one of",
        "\"crop\": {\"rounding\": \"down\"}, |           | input.crop must be given",
        "\"shortEdge\": 440  | \"shortEdge\": 0           | input.resize.shortEdge must be",
        "\"shortEdge\": 440  | \"shortEdge\": 9, \"height\": 9 | input.resize.height is unknown",
        "\"shortEdge\": 440  | \"height\": 440            | input.resize.rounding is unknown",
        "\"pillow\"          | \"torchvision\"            | input.resize.library must be pillow",
        "\"bicubic\"         | \"lanczos\"                | input.resize.filter must be one of",
        "\"float32\"         | \"uint8\"                  | input.dtype must be float16 or",
        "0.00392156862745098 | 0                          | input.scale must not be 0",
        "0.485,              |                            | input.mean must be a list of 3",
        "0.229               | 0                          | input.std must be a list of 3",
        "\"slope\": 0.635    | \"slope\": 0               | output.calibration.slope must not be 0",
        "\"sigmoid\"         | \"none\"                   | output.calibration goes with",
        "\"threshold\": 0.65 | \"threshold\": 65          | output.threshold must be",
        ", \"threshold\": 0.65 |                          | thresholds must be an object",
        "\"frames\": 8       | \"frames\": 0              | options.frames must be",
        "\"frames\": 8       | \"people\": \"mean\"       | options.people is unknown",
        "\"median\"          | \"trimmed-mean\"           | options.aggregation must be one of",
        "440, \"family\"     | 0, \"family\"              | minShortEdge must be",
        "community-forensics | Community Forensics        | family must match",
        "\"fitted\": true    | \"fitted\": 1              | reliability.fitted must be",
        "\"fakeShare\": 0.5  | \"fakeShare\": 1           | reliability.fakeShare must be more",
        "\"model\": \"a      | \"model\": \"b!            | reliability.model must match",
        "\"maxFace\": 99     | \"minFace\": 100, \"maxFace\": 99 | reliability.rows.maxFace must",
        "\"hits\": 400       | \"hits\": 601              | reliability.rows.hits must be",
        "\"falseAlarms\": 6  | \"falseAlarms\": -1        | reliability.rows.falseAlarms must be",
        "\"light\"           | \"none\"                   | reliability.rows.compression must be",
        "\"combination\": \"mean\" | \"combination\": \"sum\" | reliability.rows.combination must",
        ", \"source\": \"So-Fake-OOD\" |                  | reliability.rows.source must be"
      })
  void namesTheFieldThatIsWrong(String from, String to, String message) {
    refuses(PICTURES, from, to, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"kind\": \"face\"  | \"kind\": \"frame\"        | region must be of kind face",
        "five-point          | eyes                       | region must be of kind face",
        "\"size\": 256       | \"margin\": 0.3            | region.margin is unknown",
        "\"scale\": 1.3      | \"scale\": 0               | region.scale must be",
        "\"maxFaces\": 5     | \"maxFaces\": 0            | region.maxFaces must be",
        "\"face-classifier\" | \"frames\"                 | options.people is unknown"
      })
  void namesTheFieldThatIsWrongWithFaces(String from, String to, String message) {
    refuses(FACES, from, to, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "0.97                | 1.5                        | input.preemphasis must be",
        "\"zeros\"           | \"mirror\"                 | input.pad must be one of",
        "\"hop\": 32300      | \"hop\": 0                 | input.hop must be",
        "\"samples\": 64600  | \"samples\": \"any\"       | input.hop goes with",
        "\"category\"        | \"minShortEdge\": 4, \"category\" | minShortEdge goes with"
      })
  void namesTheFieldThatIsWrongWithSound(String from, String to, String message) {
    refuses(SOUND, from, to, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"yunet\", \"input\"  | \"scrfd\", \"input\"     | network must be one of",
        "\"NCHW\"            | \"NHWC\"                   | input.layout must be NCHW for yunet",
        "\"float32\"         | \"uint8\"                  | input.dtype must be float32",
        "\"network\": \"yunet\", |                        | input.height is unknown"
      })
  void namesTheFieldThatIsWrongWithYuNet(String from, String to, String message) {
    refuses(YUNET, from, to, message);
  }

  @Test
  void resizesNothingInAPipelineThatCutsOutFacesItsOwnWay() {
    String genconvit =
        PICTURES
            .replace("\"output\"", "\"pipeline\": \"genconvit\", \"output\"")
            .replaceAll("\"options\": .*?},", "");

    assertThatThrownBy(() -> read(genconvit))
        .isInstanceOf(ModelException.class)
        .hasMessage("model.json: input.resize does not go with pipeline genconvit");
  }

  @Test
  void onlyDetectorsHearSoundInWindows() {
    String recogniser =
        SOUND
            .replaceAll("\"pipeline\": \"sound\",", "\"role\": \"voice-activity\",")
            .replaceAll("\"options\": .*?},", "")
            .replaceAll("(?s)\"output\": .*", "\"output\": {\"name\": \"x\"}}");

    assertThatThrownBy(() -> read(recogniser))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("which go with detectors");
  }

  private static void refuses(String manifest, String from, String to, String message) {
    String plain = manifest.replaceAll("\\s+", " ");
    String broken = plain.replace(from, to == null ? "" : to);

    assertThat(broken).isNotEqualTo(plain);
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model.json: " + message);
  }

  static ModelManifest read(String json) {
    return ModelManifest.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
