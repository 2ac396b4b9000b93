package org.touchstone.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Modality;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.PipelineOptions.Aggregation;
import org.touchstone.models.PipelineOptions.People;
import org.touchstone.testing.models.TestModels;

class ModelManifestTest {
  private static final String VALID =
      TestModels.manifest("tiny", "1.0", 224).replace("@SHA256@", "a".repeat(64));

  private static final String FACE_DETECTOR =
      """
      {"name": "retinaface", "version": "1", "licence": "MIT", "engine": "OnnxRuntime",
       "files": {"model.onnx": "@"}, "role": "face-detector",
       "input": {"name": "image", "layout": "nhwc", "dtype": "uint8"}, "trainedOn": []}
      """
          .replace("@", "a".repeat(64));

  @Test
  void detectorNeedsWhatItsManifestSaysOrElseItsPipeline() {
    assertThat(read(VALID).role().compute()).isEqualTo(Compute.CPU);
    assertThat(read(VALID.replaceFirst("\\{", "{\"compute\": \"gpu\",")).role().compute())
        .isEqualTo(Compute.GPU);
    assertThat(read(VALID.replaceFirst("\\{", "{\"pipeline\": \"clip-vit\",")).role().compute())
        .isEqualTo(Compute.GPU);
    assertThat(
            read(VALID.replaceFirst("\\{", "{\"pipeline\": \"clip-vit\", \"compute\": \"cpu\","))
                .role()
                .compute())
        .isEqualTo(Compute.CPU);
    assertThatThrownBy(() -> read(VALID.replaceFirst("\\{", "{\"compute\": \"tpu\",")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("compute");
  }

  @ParameterizedTest
  @CsvSource({"6, CPU", "12, CPU", "16, GPU", "20, GPU"})
  void recogniserLargerThanWhisperSmallNeedsAGpu(int heads, Compute compute) {
    ModelRole.Decoder decoder = new ModelRole.Decoder("decoder.onnx", 4, heads, 64, 448, 51866);

    assertThat(
            new ModelRole.Recogniser("scores", "words.txt", List.of(), Optional.of(decoder))
                .compute())
        .isEqualTo(compute);
  }

  @Test
  void readsEveryField() {
    ModelManifest manifest =
        read(
            VALID
                .replace(
                    "\"kind\": \"frame\"", "\"kind\": \"face\", \"margin\": 0.3, \"minSize\": 64")
                .replace("\"NHWC\"", "\"NTHWC\", \"frames\": 8, \"fit\": \"cover\""));

    assertThat(manifest.name()).isEqualTo("tiny");
    assertThat(manifest.version()).isEqualTo("1.0");
    assertThat(manifest.licence()).isEqualTo("Apache-2.0");
    assertThat(manifest.files()).containsOnlyKeys("model.onnx");
    assertThat(manifest.input())
        .isEqualTo(
            new Input.Clip(
                "images",
                ElementType.UINT8,
                Layout.NTHWC,
                8,
                224,
                224,
                Preparation.of(Fit.COVER, Resampling.AREA)));
    assertThat(detector(manifest).output()).isEqualTo(Output.of("logits", Activation.SIGMOID, 0));
    assertThat(detector(manifest).region()).isEqualTo(Region.of(Region.Kind.FACE, 0.3, 64));
    assertThat(detector(manifest).thresholds()).isEqualTo(new Thresholds(0.33, 0.5));
    assertThat(detector(manifest).category()).isEqualTo(Category.GENERATIVE);
    assertThat(detector(manifest).tracks()).isEqualTo(Set.of(Modality.IMAGE, Modality.VIDEO));
    assertThat(manifest.trainedOn()).containsExactly("nothing");
    assertThat(manifest.calibratedOn()).isEmpty();
  }

  @Test
  void takesWhatIsNotSaidForTheSimplestCase() {
    ModelManifest manifest = read(VALID);

    assertThat(manifest.detector()).isPresent();
    assertThat(detector(manifest).pipeline()).isEqualTo(Pipeline.FRAMES);
    assertThat(manifest.extraInputs()).isEmpty();
    assertThat(detector(manifest).options()).isEqualTo(PipelineOptions.of(Pipeline.FRAMES));
    assertThat(manifest.role().title()).isEqualTo("Generative AI");
  }

  @Test
  void readsAPipelineWithItsOptionsAndExtraInputs() {
    ModelManifest manifest =
        read(
            VALID.replace(
                "\"licence\"",
                """
                "pipeline": "genconvit", "options": {"aggregation": "reference"},
                "extraInputs": [{"name": "noise", "dtype": "float32", "shape": [12, 4],
                                 "fill": "standard-normal"}], "licence\"\
                """));

    assertThat(detector(manifest).pipeline()).isEqualTo(Pipeline.GENCONVIT);
    assertThat(detector(manifest).options())
        .isEqualTo(
            new PipelineOptions(
                Aggregation.REFERENCE,
                People.MEAN,
                PipelineOptions.BUDGET,
                PipelineOptions.SAMPLED));
    assertThat(manifest.extraInputs())
        .containsExactly(new ExtraInput("noise", List.of(12, 4), Fill.STANDARD_NORMAL));
    assertThat(manifest.extraInputs().getFirst().elements()).isEqualTo(48);
  }

  @Test
  void readsHowClipIsFedAndWhereItsHeatMapComesFrom() {
    String clip =
        VALID.replace(
            "\"licence\"",
            """
            "pipeline": "clip-vit", "memoryPerRow": 20000000,
            "heatmap": {"output": "patch_logits", "rows": 16, "columns": 15}, "licence\"\
            """);

    ModelManifest manifest = read(clip);

    assertThat(manifest.visual().orElseThrow().resampling()).isEqualTo(Resampling.BICUBIC);
    assertThat(detector(manifest).heatmap()).contains(new Heatmap("patch_logits", 16, 15));
    assertThat(manifest.memoryPerRow()).isEqualTo(20_000_000);
    ModelManifest cropped =
        read(clip.replace("\"NHWC\"", "\"NHWC\", \"fit\": \"crop\", \"resampling\": \"bilinear\""));
    assertThat(cropped.visual().orElseThrow().fit()).isEqualTo(Fit.CROP);
    assertThat(cropped.visual().orElseThrow().resampling()).isEqualTo(Resampling.BILINEAR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                             | MEAN       | MAXIMUM | 0",
        "{\"stride\": \"budget\", \"people\": \"mean\"} | MEAN       | MEAN    | 0",
        "{\"stride\": 1, \"aggregation\": \"logit-mean\"} | LOGIT_MEAN | MAXIMUM | 1"
      })
  void readsTheOptionsOfAlignedClips(
      String options, Aggregation aggregation, People people, int stride) {
    assertThat(detector(read(alignedClips(options))).options())
        .isEqualTo(new PipelineOptions(aggregation, people, stride, PipelineOptions.SAMPLED));
  }

  @Test
  void readsAFaceDetector() {
    ModelManifest manifest = read(FACE_DETECTOR);

    assertThat(manifest.detector()).isEmpty();
    assertThat(manifest.role().title()).isEqualTo("Face detector");
    assertThat(manifest.role()).isEqualTo(new ModelRole.FaceDetector(FaceNetwork.RETINAFACE, 960));
    assertThat(manifest.input())
        .isEqualTo(
            new Input.Picture(
                "image",
                ElementType.UINT8,
                Layout.NHWC,
                Input.ANY_SIZE,
                Input.ANY_SIZE,
                Preparation.of(Fit.STRETCH, Resampling.AREA)));
  }

  @Test
  void readsTheSizeAtWhichFacesAreSearched() {
    assertThat(read(searchSize("1280")).role())
        .isEqualTo(new ModelRole.FaceDetector(FaceNetwork.RETINAFACE, 1280));
    assertThat(read(searchSize("\"full\"")).role())
        .isEqualTo(
            new ModelRole.FaceDetector(FaceNetwork.RETINAFACE, ModelRole.FaceDetector.FULL_SIZE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"63", "4097", "960.5", "\"960\"", "\"Full\"", "[]", "2147483647"})
  void refusesSearchSizesThatAreNone(String size) {
    assertThatThrownBy(() -> read(searchSize(size)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model.json: options.searchSize must be");
  }

  private static String searchSize(String size) {
    return FACE_DETECTOR.replace(
        "\"face-detector\"", "\"face-detector\", \"options\": {\"searchSize\": " + size + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"nhwc\"          | \"nthwc\"                              | input.layout must be NHWC",
        "\"uint8\"         | \"uint8\", \"height\": 5               | input.height is unknown",
        "\"face-detector\" | \"nose-detector\"                      | role must be one of",
        "\"face-detector\" | \"face-detector\", \"tracks\": []      | tracks is unknown",
        "\"face-detector\" | \"face-detector\", \"options\": {\"a\": 1} | options.a is unknown"
      })
  void namesWhatIsWrongWithAFaceDetector(String from, String to, String message) {
    assertThatThrownBy(() -> read(FACE_DETECTOR.replace(from, to)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model.json: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"options\": {\"aggregation\": \"reference\"} | options.aggregation must be one of [MEAN",
        "\"pipeline\": \"guess\"                       | pipeline must be one of",
        "\"pipeline\": \"aligned-clips\"               | input.layout is not what",
        "\"pipeline\": \"genconvit\", \"options\": {\"aggregation\": \"mean\"} |"
            + " options.aggregation must be one of [SOFTMAX_MEAN",
        "\"pipeline\": \"genconvit\", \"options\": {\"stride\": 1} | options.stride is unknown",
        "\"options\": {\"searchSize\": 960}            | options.searchSize is unknown",
        "\"heatmap\": {\"output\": \"h\", \"rows\": 2, \"columns\": 2} | heatmap goes with",
        "\"pipeline\": \"clip-vit\", \"heatmap\": {\"output\": \"h\", \"rows\": 0} | heatmap.rows"
            + " must",
        "\"memoryPerRow\": 0                            | memoryPerRow must be",
        "\"extraInputs\": {}                            | extraInputs must be a list",
        "\"extraInputs\": [{\"name\": \"n\", \"dtype\": \"int64\", \"shape\": [], \"fill\":"
            + " \"caller\"}] | extraInputs.fill caller",
        "\"states\": [{\"input\": \"a\", \"output\": \"b\", \"dtype\": \"int64\", \"shape\":"
            + " [\"batch\"]}] | states go with",
        "\"extraInputs\": [7]                           | extraInputs must be an object",
        "\"extraInputs\": [{\"name\": \"n\", \"dtype\": \"int8\"}] | extraInputs.dtype must be",
        "\"extraInputs\": [{\"name\": \"n\", \"dtype\": \"float32\", \"shape\": [0]}] |"
            + " extraInputs.shape must be",
        "\"extraInputs\": [{\"name\": \"n\", \"dtype\": \"float32\", \"shape\": [2000, 2000]}] |"
            + " extraInputs.shape is of more"
      })
  void namesWhatIsWrongWithAPipeline(String added, String message) {
    assertThatThrownBy(() -> read(VALID.replace("\"licence\"", added + ", \"licence\"")))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model.json: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "\"all\"", "1.5", "-1"})
  void refusesStridesThatAreNone(String stride) {
    assertThatThrownBy(() -> read(alignedClips("{\"stride\": " + stride + "}")))
        .hasMessageStartingWith("model.json: options.stride must be");
  }

  private static String alignedClips(String options) {
    return VALID
        .replace("\"NHWC\"", "\"NTHWC\", \"frames\": 32")
        .replace(
            "\"licence\"",
            "\"pipeline\": \"aligned-clips\", \"options\": " + options + ", \"licence\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"name\": \"tiny\"                | \"name\": \"../tiny\"              | name must match",
        "\"name\": \"tiny\",               |                                    | name must be a"
            + " text",
        "\"version\": \"1.0\"              | \"version\": \"\"                  | version must be",
        "\"licence\": \"Apache-2.0\"       | \"licence\": 7                     | licence must be",
        "\"OnnxRuntime\"                   | \"PyTorch\"                        | engine must be",
        "\"model.onnx\":                   | \"../model.onnx\":                 | files has a name",
        "\"model.onnx\":                   | \"other.onnx\":                    | files does not"
            + " list",
        "aaaa\"                            | AAAA\"                             | files.model.onnx"
            + " must",
        "\"NHWC\"                          | \"CHWN\"                           | input.layout must"
            + " be one",
        "\"NHWC\"                          | \"NHWC\", \"frames\": 3            | input.frames goes"
            + " with",
        "\"uint8\"                         | \"int64\"                          | input.dtype must"
            + " be one of uint8, float16, float32",
        "\"height\": 224                   | \"height\": 0                      | input.height must"
            + " be",
        "\"height\": 224                   | \"height\": 2.5                    | input.height must"
            + " be a whole",
        "\"height\": 224,                  |                                    | input.height must"
            + " be",
        "\"sigmoid\"                       | \"tanh\"                           | output.activation"
            + " must be",
        "\"fakeIndex\": 0                  | \"fakeIndex\": -1                  | output.fakeIndex"
            + " must be",
        "\"fakeIndex\": 0                  | \"fakeindex\": 0                   | output.fakeindex"
            + " is unknown",
        "\"kind\": \"frame\"               | \"kind\": \"nose\"                 | region.kind must"
            + " be",
        "\"kind\": \"frame\"               | \"kind\": \"face\", \"margin\": 9  | region.margin"
            + " must be",
        "\"uncertain\": 0.33               | \"uncertain\": 0.7                 |"
            + " thresholds.uncertain must",
        "\"fake\": 0.5                     | \"fake\": \"half\"                 | thresholds.fake"
            + " must be",
        "\"generative\"                    | \"pretty\"                         | category must be",
        "[\"image\", \"video\"]            | []                                 | tracks must name",
        "[\"image\", \"video\"]            | [\"audio\"]                        | tracks must be"
            + " image",
        "[\"image\", \"video\"]            | [\"smell\"]                        | tracks must be"
            + " one",
        "[\"nothing\"]                     | \"nothing\"                        | trainedOn must be"
            + " a list",
        "\"trainedOn\"                     | \"trainedon\"                      | trainedon is"
            + " unknown",
        "\"input\": {                      | \"input\": [], \"inputz\": {       | inputz is unknown"
      })
  void namesTheFieldThatIsWrong(String from, String to, String message) {
    String broken = VALID.replace(from, to == null ? "" : to);

    assertThat(broken).isNotEqualTo(VALID);
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model.json: " + message);
  }

  @Test
  void refusesWhatIsNoJsonObject() {
    assertThatThrownBy(() -> read("not json")).isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> read("[]")).hasMessage("model.json: must be an object");
    assertThatThrownBy(() -> read("")).isInstanceOf(ModelException.class);
  }

  private static final String VOICE =
      """
      {"name": "vad", "version": "5", "licence": "MIT", "engine": "OnnxRuntime",
       "files": {"model.onnx": "@", "words.txt": "@"}, "role": "voice-activity",
       "inputs": [{"name": "input", "layout": "samples", "dtype": "float32",
                   "sampleRate": 16000, "samples": 576}],
       "extraInputs": [{"name": "sr", "dtype": "int64", "shape": [], "batched": false,
                        "fill": "constant", "value": 16000}],
       "extraOutputs": [{"name": "embedding", "dtype": "float16", "shape": ["any", 64]}],
       "states": [{"input": "state", "output": "stateN", "dtype": "float32",
                   "shape": [2, "batch", 128]}],
       "output": {"name": "output"}, "threshold": 0.4, "trainedOn": []}
      """
          .replace("@", "a".repeat(64));

  private static final String RECOGNISER =
      VOICE
          .replace("voice-activity", "recogniser")
          .replace("\"threshold\": 0.4", "\"vocabulary\": \"words.txt\", \"languages\": [\"de\"]")
          .replace("\"samples\": 576", "\"samples\": \"any\"")
          .replaceAll("(?s)\"states\".*?}],", "");

  @Test
  void readsAModelOfVoiceActivityWithItsState() {
    ModelManifest manifest = read(VOICE);

    assertThat(manifest.role()).isEqualTo(new ModelRole.VoiceActivity("output", 0.4));
    assertThat(manifest.detector()).isEmpty();
    assertThat(manifest.visual()).isEmpty();
    assertThat(manifest.inputs())
        .containsExactly(
            new Input.Waveform("input", ElementType.FLOAT32, 16_000, 576, Windowing.of(576)));
    assertThat(manifest.extraInputs())
        .containsExactly(
            new ExtraInput("sr", ElementType.INT64, List.of(), false, Fill.CONSTANT, 16_000));
    assertThat(manifest.extraOutputs())
        .containsExactly(
            new ExtraOutput("embedding", ElementType.FLOAT16, List.of(Input.ANY_SIZE, 64)));
    CarriedState state = manifest.states().getFirst();
    assertThat(state)
        .isEqualTo(
            new CarriedState(
                "state", "stateN", ElementType.FLOAT32, List.of(2, CarriedState.BATCH, 128)));
    assertThat(state.elements()).isEqualTo(256);
    assertThat(state.run()).isEqualTo(128);
  }

  @Test
  void readsARecogniser() {
    ModelManifest manifest = read(RECOGNISER);

    assertThat(manifest.role())
        .isEqualTo(
            new ModelRole.Recogniser("output", "words.txt", List.of("de"), Optional.empty()));
    assertThat(manifest.input().hasFixedSize()).isFalse();
    assertThat(manifest.files()).containsOnlyKeys("model.onnx", "words.txt");
  }

  private static final String ENCODER_AND_DECODER =
      """
      {"name": "whisper", "version": "1", "licence": "MIT", "engine": "OnnxRuntime",
       "files": {"encoder.onnx": "@", "decoder.onnx": "@", "words.txt": "@"},
       "modelFile": "encoder.onnx", "role": "recogniser",
       "input": {"name": "mel", "layout": "log-mel", "dtype": "float32",
                 "bands": 80, "frames": 3000},
       "output": {"name": "logits"}, "vocabulary": "words.txt", "languages": ["en", "de"],
       "decoder": {"file": "decoder.onnx", "layers": 4, "heads": 6, "headSize": 64,
                   "context": 448, "tokens": 51865}}
      """
          .replace("@", "a".repeat(64));

  @Test
  void readsARecogniserOfTwoGraphs() {
    ModelManifest manifest = read(ENCODER_AND_DECODER);

    assertThat(manifest.input())
        .isEqualTo(new Input.Spectrum("mel", ElementType.FLOAT32, 80, 3000));
    assertThat(manifest.input().elements()).isEqualTo(240_000);
    assertThat(manifest.role())
        .isEqualTo(
            new ModelRole.Recogniser(
                "logits",
                "words.txt",
                List.of("en", "de"),
                Optional.of(new ModelRole.Decoder("decoder.onnx", 4, 6, 64, 448, 51_865))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log-mel | samples | input.layout must be log-mel",
        "\"bands\": 80 | \"bands\": 0 | input.bands must be between",
        "\"file\": \"decoder.onnx\" | \"file\": \"other.onnx\" | decoder.file must be one of",
        "\"layers\": 4 | \"layers\": 4000 | decoder.layers must be between",
        "\"heads\": 6, | '' | decoder.heads must be a whole number",
        "\"context\": 448 | \"context\": 448, \"beams\": 5 | decoder.beams is unknown",
        "\"output\" | \"states\": [], \"output\" | states do not go with a decoder",
        "\"dtype\": \"float32\" | \"dtype\": \"float16\" | input.dtype must be",
      })
  void rejectsAWrongDecoder(String part, String other, String message) {
    assertThatThrownBy(() -> read(ENCODER_AND_DECODER.replace(part, other)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(message);
  }

  @Test
  void onlyARecogniserLooksAtSpectra() {
    String detector = VALID.replace("\"NHWC\"", "\"log-mel\"");
    assertThat(detector).isNotEqualTo(VALID);
    assertThatThrownBy(() -> read(detector))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("input.layout goes with a recogniser's decoder only");
  }

  @Test
  void readsADetectorThatListens() {
    String json =
        VALID
            .replaceAll(
                "(?s)\"input\": \\{.*?},",
                "\"pipeline\": \"sound\", \"input\": {\"name\": \"wave\", \"layout\": \"samples\","
                    + " \"dtype\": \"float16\", \"sampleRate\": 16000, \"samples\": 8},")
            .replace("[\"image\", \"video\"]", "[\"audio\"]");

    assertThat(detector(read(json)).tracks()).containsExactly(Modality.AUDIO);
    assertThatThrownBy(() -> read(json.replace("[\"audio\"]", "[\"audio\", \"video\"]")))
        .hasMessage("model.json: tracks must be audio for a model that takes sound");
    assertThatThrownBy(() -> read(json.replace("\"pipeline\": \"sound\",", "")))
        .hasMessage("model.json: input.layout is not what the pipeline gives");
  }

  @Test
  void readsPicturesAndClipsPlaneByPlane() {
    Input picture = read(VALID.replace("NHWC", "nchw").replace("uint8", "float16")).input();
    assertThat(picture.shape()).containsExactly(3, 224, 224);
    assertThat(picture.type()).isEqualTo(ElementType.FLOAT16);
    Input clip = read(VALID.replace("\"NHWC\"", "\"NCTHW\", \"frames\": 8")).input();
    assertThat(clip.shape()).containsExactly(3, 8, 224, 224);
    assertThat(clip.elements()).isEqualTo(3 * 8 * 224 * 224);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"samples\": 576      | \"samples\": 0          | inputs.samples must be between",
        "\"samples\": 576      | \"height\": 5           | inputs.height is unknown",
        "\"sampleRate\": 16000,|                         | inputs.sampleRate must be",
        "\"float32\"           | \"uint8\"              | inputs.dtype must be one of",
        "\"layout\": \"samples\" | \"layout\": \"nhwc\"  | inputs.sampleRate is unknown",
        "\"inputs\": [{        | \"input\": {}, \"inputs\": [{ | inputs takes the place of",
        "\"value\": 16000      | \"value\": 0.5           | extraInputs.value must be a whole",
        "\"value\": 16000      | \"value\": 1e300         | extraInputs.value must be a number",
        "\"constant\"          | \"zeros\"              | extraInputs.value goes with",
        "\"constant\", \"value\": 16000 | \"caller\" | extraInputs.batched must be true",
        "\"constant\", \"value\": 16000 | \"standard-normal\" | extraInputs.fill standard",
        "\"batched\": false    | \"batched\": 1           | extraInputs.batched must be true or",
        "[\"any\", 64]         | [\"batch\", 64]        | extraOutputs.shape must be",
        "[2, \"batch\", 128]   | [2, 1, 128]             | states.shape must name the batch once",
        "[2, \"batch\", 128]   | [2000, \"batch\", 2000] | states.shape is of more",
        "\"state\"             | \"input\"              | states.input names a tensor",
        "\"samples\": 576      | \"samples\": \"any\"      | states go with models that listen",
        "\"stateN\"            | \"output\"             | states.output names a tensor",
        "\"threshold\": 0.4    | \"threshold\": 4         | threshold must be a number",
        "\"threshold\": 0.4    | \"thresholds\": {}      | thresholds is unknown"
      })
  void namesTheFieldThatIsWrongWithAModelThatListens(String from, String to, String message) {
    String voice = VOICE.replaceAll("\\s+", " ");
    String broken = voice.replace(from, to == null ? "" : to);

    assertThat(broken).isNotEqualTo(voice);
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model.json: " + message);
  }

  private static ModelRole.Detector detector(ModelManifest manifest) {
    return manifest.detector().orElseThrow();
  }

  private static ModelManifest read(String json) {
    return ModelManifest.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
