package org.touchstone.detectors.inference;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT16;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.UINT8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.inference.OnnxSettings.Device;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestGraph;
import org.touchstone.testing.models.TestModels;

/** Models of every kind that a manifest can describe, from manifest to answer. */
class ModelContractTest {
  private static final String COMMON =
      "\"name\": \"a\", \"version\": \"1\", \"licence\": \"MIT\", \"engine\": \"OnnxRuntime\","
          + " \"files\": \"@FILES@\", \"trainedOn\": []";

  /** Scores the mean of eight samples times the sample rate, plus the row's offset. */
  private static final byte[] SOUND =
      new TestGraph()
          .input("wave", FLOAT, "batch", 8)
          .input("rate", INT64)
          .input("offset", INT64, "batch", 1)
          .output("score", FLOAT, "batch", 1)
          .output("doubled", FLOAT16, "batch", 1)
          .mean("mean", "wave", true, 1)
          .cast("rateOf", "rate", FLOAT)
          .cast("offsetOf", "offset", FLOAT)
          .node("Mul", "scaled", "mean", "rateOf")
          .node("Add", "score", "scaled", "offsetOf")
          .node("Add", "twice", "score", "score")
          .cast("doubled", "twice", FLOAT16)
          .bytes();

  private static final String SOUND_MANIFEST =
      """
      {%s, "pipeline": "sound",
       "input": {"name": "wave", "layout": "samples", "dtype": "float32", "sampleRate": 16000,
                 "samples": 8},
       "extraInputs": [
         {"name": "rate", "dtype": "int64", "shape": [], "batched": false, "fill": "constant",
          "value": 16000},
         {"name": "offset", "dtype": "int64", "shape": [1], "fill": "caller"}],
       "output": {"name": "score", "activation": "none"},
       "extraOutputs": [{"name": "doubled", "dtype": "float16", "shape": [1]}],
       "thresholds": {"uncertain": 0.3, "fake": 0.5}, "category": "voice", "tracks": ["audio"]}
      """
          .formatted(COMMON);

  /** Gives each colour's mean. */
  private static final byte[] HALF_PICTURES =
      new TestGraph()
          .input("images", FLOAT16, "batch", 3, 2, 4)
          .output("logits", FLOAT, "batch", 3)
          .cast("floats", "images", FLOAT)
          .mean("logits", "floats", false, 2, 3)
          .bytes();

  private static final String PICTURE_MANIFEST =
      """
      {%s, "input": {"name": "images", "layout": "nchw", "dtype": "float16", "height": 2,
                     "width": 4},
       "output": {"name": "logits", "activation": "none", "fakeIndex": 2},
       "thresholds": {"uncertain": 0.3, "fake": 0.5}, "category": "noise", "tracks": ["image"]}
      """
          .formatted(COMMON);

  private static final byte[] PLANAR_CLIPS =
      new TestGraph()
          .input("clips", UINT8, "batch", 3, 2, 1, 2)
          .output("logits", FLOAT, "batch", 3)
          .cast("floats", "clips", FLOAT)
          .mean("logits", "floats", false, 2, 3, 4)
          .bytes();

  private static final String CLIP_MANIFEST =
      """
      {%s, "input": {"name": "clips", "layout": "ncthw", "dtype": "uint8", "frames": 2,
                     "height": 1, "width": 2},
       "output": {"name": "logits", "activation": "none", "fakeIndex": 0},
       "thresholds": {"uncertain": 0.3, "fake": 0.5}, "category": "faces", "tracks": ["video"]}
      """
          .formatted(COMMON);

  /** Remembers the sum of the means of all rows of a stream; its answer is the sum so far. */
  private static final byte[] VOICE =
      new TestGraph()
          .input("wave", FLOAT, "batch", 4)
          .input("state", FLOAT, 2, "batch", 3)
          .output("speech", FLOAT, "batch")
          .output("stateN", FLOAT, 2, "batch", 3)
          .mean("mean", "wave", true, 1)
          .node("Add", "stateN", "state", "mean")
          .mean("speech", "stateN", false, 0, 2)
          .bytes();

  private static final String VOICE_MANIFEST =
      """
      {%s, "role": "voice-activity",
       "input": {"name": "wave", "layout": "samples", "dtype": "float32", "sampleRate": 16000,
                 "samples": 4},
       "states": [{"input": "state", "output": "stateN", "dtype": "float32",
                   "shape": [2, "batch", 3]}],
       "output": {"name": "speech"}, "threshold": 0.6}
      """
          .formatted(COMMON);

  /** Every sample, rounded, is a token. */
  private static final byte[] TOKENS =
      new TestGraph()
          .input("wave", FLOAT, "batch", "length")
          .output("tokens", INT64, "batch", "length")
          .cast("tokens", "wave", INT64)
          .bytes();

  private static final String TOKENS_MANIFEST =
      """
      {%s, "role": "recogniser",
       "input": {"name": "wave", "layout": "samples", "dtype": "float32", "sampleRate": 16000,
                 "samples": "any"},
       "output": {"name": "tokens"}, "vocabulary": "tokens.txt", "languages": ["de", "en"]}
      """
          .formatted(COMMON);

  private static final Map<String, String> MANIFESTS =
      Map.of(
          "sound", SOUND_MANIFEST,
          "picture", PICTURE_MANIFEST,
          "clip", CLIP_MANIFEST,
          "voice", VOICE_MANIFEST,
          "tokens", TOKENS_MANIFEST);

  private static final Map<String, byte[]> GRAPHS =
      Map.of(
          "sound", SOUND,
          "picture", HALF_PICTURES,
          "clip", PLANAR_CLIPS,
          "voice", VOICE,
          "tokens", TOKENS);

  @TempDir Path root;

  @Test
  void runsSoundWithWholeNumbersOfTheManifestAndOfTheCaller() {
    install("sound");
    Rows rows =
        new Rows(
            2,
            Map.of(
                "wave",
                floats(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                "offset",
                new Values.Longs(new long[] {1, -7})));

    List<Answer> answers =
        use(
            model ->
                model.answers(
                    rows, List.of(StreamState.NONE, StreamState.NONE), Set.of("score", "doubled")));

    assertThat(answers.get(0).outputs().get("score").floats()).containsExactly(8001);
    assertThat(answers.get(1).outputs().get("score").floats()).containsExactly(-7);
    assertThat(answers.get(0).outputs().get("doubled")).isInstanceOf(Values.Halves.class);
    assertThat(answers.get(1).outputs().get("doubled").floats()).containsExactly(-14);
    assertThat(answers.get(0).state()).isEqualTo(StreamState.NONE);
  }

  @Test
  void runsPicturesInHalfPrecisionPlaneByPlane() {
    install("picture");
    byte[] first = new byte[2 * 4 * 3];
    byte[] second = new byte[2 * 4 * 3];
    for (int i = 0; i < 8; i++) {
      first[3 * i] = 100;
      first[3 * i + 2] = (byte) 200;
      second[3 * i + 1] = (byte) i;
    }

    float[][] means =
        use(
            model -> {
              ModelInput input = new ModelInput(model.manifest().visual().orElseThrow());
              Values values = input.values(List.of(first, second));
              assertThat(values).isInstanceOf(Values.Halves.class);
              return model.run(values, 2);
            });

    assertThat(means[0]).containsExactly(100, 0, 200);
    assertThat(means[1]).containsExactly(0, 3.5f, 0);
  }

  @Test
  void runsClipsPlaneByPlane() {
    install("clip");
    byte[] clip = {1, 10, 100, 2, 20, 110, 3, 30, 120, 4, 40, (byte) 130};

    float[][] means =
        use(
            model ->
                model.run(
                    new ModelInput(model.manifest().visual().orElseThrow())
                        .values(List.of(clip, clip)),
                    2));

    assertThat(means[0]).containsExactly(2.5f, 25, 115);
    assertThat(means[1]).containsExactly(means[0]);
  }

  @Test
  void carriesStateFromCallToCall() {
    install("voice");

    List<Float> speech =
        use(
            model -> {
              List<Float> answers = new ArrayList<>();
              StreamState state = model.firstState();
              for (float sample : new float[] {0.25f, 0.5f, -0.75f}) {
                Answer answer = listen(model, sample, state);
                answers.add(answer.outputs().get("speech").floats()[0]);
                state = answer.state();
              }
              return answers;
            });

    assertThat(speech).containsExactly(0.25f, 0.75f, 0f);
  }

  @Test
  void joinsTheRowsOfDifferentStreamsAndKeepsTheirStatesApart() throws Exception {
    install("voice");
    List<Integer> batches = new ArrayList<>();
    BatchListener listener =
        new BatchListener() {
          @Override
          public void waited(String model, java.time.Duration time) {}

          @Override
          public synchronized void ran(String model, int rows, java.time.Duration time) {
            assertThat(model).isEqualTo("a");
            batches.add(rows);
          }
        };
    OnnxSettings settings = new OnnxSettings(Device.CPU, 1, 1, 1 << 20).heardBy(listener);
    ModelStore store = new ModelStore(root);
    try (OnnxModels models = new OnnxModels(store, settings);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Float>> sums = new ArrayList<>();
      for (int stream = 0; stream < 8; stream++) {
        float sample = stream;
        sums.add(
            threads.submit(
                () ->
                    models.use(
                        store.open("a", "1"),
                        model -> {
                          StreamState state = model.firstState();
                          float last = 0;
                          for (int i = 0; i < 20; i++) {
                            Answer answer = listen(model, sample, state);
                            state = answer.state();
                            last = answer.outputs().get("speech").floats()[0];
                          }
                          return last;
                        })));
      }
      for (int stream = 0; stream < 8; stream++) {
        assertThat(sums.get(stream).get()).isCloseTo(20f * stream, within(1e-3f));
      }
    }
    assertThat(batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(160);
  }

  @Test
  void runsSeveralStreamsOfOneCaller() {
    install("voice");

    List<Answer> answers =
        use(
            model -> {
              StreamState first = listen(model, 1, model.firstState()).state();
              StreamState second = listen(model, 5, model.firstState()).state();
              Rows rows = new Rows(2, Map.of("wave", floats(0, 0, 0, 0, 1, 1, 1, 1)));
              return model.answers(rows, List.of(first, second), Set.of("speech"));
            });

    assertThat(answers.get(0).outputs().get("speech").floats()).containsExactly(1);
    assertThat(answers.get(1).outputs().get("speech").floats()).containsExactly(6);
    assertThat(answers.get(1).state().tensors().get("state").floats())
        .containsExactly(6, 6, 6, 6, 6, 6);
  }

  @Test
  void givesWholeNumbersForSoundOfAnyLength() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("model.onnx", TOKENS);
    files.put("tokens.txt", "a\nb\n".getBytes());
    TestModels.install(root, TOKENS_MANIFEST, files);

    NamedTensor tokens =
        use(model ->
                model.runAlone(
                    1, Map.of("wave", new NamedTensor(floats(1, 0, 1), 1, 3)), Set.of("tokens")))
            .get("tokens");

    assertThat(tokens.shape()).containsExactly(1, 3);
    assertThat(((Values.Longs) tokens.values()).data()).containsExactly(1, 0, 1);
  }

  @Test
  void loadsWeightsFromAFileOfTheirOwn() throws Exception {
    byte[] graph =
        new TestGraph()
            .input("images", UINT8, "batch", 1, 1, 3)
            .output("logits", FLOAT, "batch", 2)
            .externalWeight("weights", List.of(3L, 2L), "weights.bin")
            .cast("floats", "images", FLOAT)
            .mean("colours", "floats", false, 1, 2)
            .node("MatMul", "logits", "colours", "weights")
            .bytes();
    ByteBuffer weights = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    weights.asFloatBuffer().put(new float[] {1, 0, 0, 1, 2, 2});
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("model.onnx", graph);
    files.put("weights.bin", weights.array());
    String manifest =
        CLIP_MANIFEST
            .replace("\"ncthw\"", "\"nhwc\"")
            .replace("\"clips\"", "\"images\"")
            .replace("\"frames\": 2,", "")
            .replace("\"width\": 2", "\"width\": 1");
    TestModels.install(root, manifest, files);

    float[][] logits = use(model -> model.run(new Values.Bytes(new byte[] {1, 2, 3}), 1));
    assertThat(logits[0]).containsExactly(7, 8);

    Files.write(root.resolve("a/1/weights.bin"), new byte[24]);
    assertThatThrownBy(() -> use(model -> model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("weights.bin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "sound   | \"samples\": 8 | \"samples\": 9 | input differs from what the model takes:"
            + " another",
        "sound   | \"float32\"    | \"float16\"    | input differs from what the model takes: its"
            + " type is not float16",
        "sound   | \"name\": \"wave\" | \"name\": \"sound\" | input.name is not one of",
        "sound   | \"name\": \"rate\" | \"name\": \"rates\" | input and extraInputs are not all",
        "sound   | \"int64\", \"shape\": [1] | \"int64\", \"shape\": [2] | extraInputs differ",
        "sound   | \"int64\", \"shape\": [1] | \"float32\", \"shape\": [1] | extraInputs differ",
        "sound   | \"batched\": false | \"batched\": true | extraInputs differ",
        "sound   | \"name\": \"doubled\" | \"name\": \"tripled\" | extraOutputs.name is not one of",
        "sound   | \"float16\", \"shape\": [1] | \"float32\", \"shape\": [1] | extraOutputs differ",
        "sound   | \"float16\", \"shape\": [1] | \"float16\", \"shape\": [2] | extraOutputs differ",
        "picture | \"nchw\"       | \"nhwc\"       | input differs from what the model takes:"
            + " another",
        "picture | \"float16\"    | \"uint8\"      | input differs from what the model takes: its"
            + " type is not uint8",
        "clip    | \"ncthw\"      | \"nthwc\"      | input differs from what the model takes:"
            + " another",
        "clip    | \"frames\": 2  | \"frames\": 3  | input differs from what the model takes:"
            + " another",
        "voice   | \"batch\", 3   | \"batch\", 4   | states differ",
        "voice   | [2, \"batch\", 3] | [\"batch\", 2, 3] | states differ",
        "voice   | \"float32\", \"shape\": [2 | \"int64\", \"shape\": [2 | states differ",
        "voice   | \"stateN\"     | \"stateX\"     | states.output is not one of",
        "voice   | \"input\": \"state\" | \"input\": \"memory\" | input and extraInputs are not"
            + " all",
        "voice   | \"speech\"     | \"stateN\"     | states.output names",
        "tokens  | \"tokens\"}    | \"words\"}     | output.name is not one of",
        "tokens  | tokens.txt     | words.txt      | vocabulary must be"
      })
  void refusesManifestsThatLie(String kind, String from, String to, String message) {
    String honest = MANIFESTS.get(kind).replaceAll("\\s+", " ");
    String lying = honest.replace(from.replaceAll("\\s+", " "), to);
    assertThat(lying).isNotEqualTo(honest);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("model.onnx", GRAPHS.get(kind));
    files.put("tokens.txt", new byte[0]);
    TestModels.install(root, lying, files);

    assertThatThrownBy(() -> use(model -> model))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model.json: " + message);
  }

  @Test
  void refusesRowsThatAreNotTheModels() {
    install("voice");
    use(
        model -> {
          StreamState state = model.firstState();
          assertThatThrownBy(() -> model.answers(new Rows(1, Map.of()), List.of(state), Set.of()))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> listen(model, new Values.Longs(new long[4]), state))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("INT64");
          assertThatThrownBy(() -> listen(model, floats(1, 2, 3), state))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> listen(model, floats(1, 2, 3, 4), StreamState.NONE))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("state");
          return null;
        });
  }

  private static Answer listen(OnnxModel model, float sample, StreamState state) {
    return listen(model, floats(sample, sample, sample, sample), state);
  }

  private static Answer listen(OnnxModel model, Values wave, StreamState state) {
    return model
        .answers(new Rows(1, Map.of("wave", wave)), List.of(state), Set.of("speech"))
        .getFirst();
  }

  private static Values floats(float... values) {
    return new Values.Floats(values);
  }

  private void install(String kind) {
    TestModels.install(root, MANIFESTS.get(kind), Map.of("model.onnx", GRAPHS.get(kind)));
  }

  private <T> T use(Function<OnnxModel, T> work) {
    ModelStore store = new ModelStore(root);
    try (OnnxModels models = new OnnxModels(store, new OnnxSettings(Device.CPU, 1, 2, 1 << 20))) {
      return models.use(store.open("a", "1"), work);
    }
  }
}
