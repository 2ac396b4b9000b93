package org.touchstone.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.quality.QualityMeter;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.files.Sha256;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelStore;
import org.touchstone.resolver.probe.BundledFfmpeg;
import org.touchstone.testing.media.SpokenSound;

/**
 * Measures a detector of voices of Spectra's size on 30 s of speech, in single precision and with
 * weights of 8 bits, against bare ONNX Runtime on the same windows; and the memory that two and six
 * hours of sound need beside the models. Each measurement runs in its own process.
 */
final class VoiceBench {
  private static final int TURNS = 3;
  private static final int CLIP_SECONDS = 30;
  private static final String SILERO =
      "gpu-containers/detectors/src/test/resources/sound/silero_vad_v6.onnx";

  private VoiceBench() {}

  static void run(Path root) throws Exception {
    for (boolean eightBit : new boolean[] {false, true}) {
      Path models = models(root, eightBit);
      child("-Xmx1g", eightBit ? "int8" : "fp32", models, "clip");
    }
    Path models = models(root, true);
    child("-Xmx300m", "2 hours", models, "long", "2");
    child("-Xmx300m", "6 hours", models, "long", "6");
  }

  private static void child(String heap, String name, Path models, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(ChildProcess.java(heap, VoiceBench.class));
    command.add(models.toString());
    command.addAll(List.of(arguments));
    try (ChildProcess child = ChildProcess.start(command)) {
      String answer = new String(child.process().getInputStream().readAllBytes());
      if (child.process().waitFor() != 0) {
        throw new IllegalStateException(name + " failed");
      }
      System.out.printf(
          Locale.ROOT, "%-8s %s, peak memory %d MB%n", name, answer.strip(), child.peakMegabytes());
    }
  }

  /** A store with the voice activity model and the network, made once. */
  private static Path models(Path root, boolean eightBit) throws IOException {
    Path store = root.resolve("bench/target/formula-models/voice-" + (eightBit ? 8 : 32));
    Path voice = store.resolve("voice-size/1");
    if (!Files.exists(voice.resolve("model.json"))) {
      System.out.println("making " + store.getFileName() + " by formula");
      Files.createDirectories(voice);
      VoiceGraph.write(voice, eightBit);
      Files.writeString(
          voice.resolve("model.json"),
          """
          {"name": "voice-size", "version": "1", "licence": "none", "engine": "OnnxRuntime",
           "files": {"model.onnx": "%s", "model.data": "%s"}, "pipeline": "sound",
           "memoryPerRow": 200000000,
           "input": {"name": "wav", "layout": "samples", "dtype": "float32",
             "sampleRate": 16000, "samples": 64600, "preemphasis": 0.97, "pad": "repeat"},
           "output": {"name": "logits", "activation": "softmax", "threshold": 0.5},
           "category": "voice", "tracks": ["audio"]}
          """
              .formatted(
                  Sha256.of(voice.resolve("model.onnx")), Sha256.of(voice.resolve("model.data"))));
    }
    Path silero = store.resolve("silero-vad/6");
    if (!Files.exists(silero.resolve("model.json"))) {
      Files.createDirectories(silero);
      Files.copy(root.resolve(SILERO), silero.resolve("model.onnx"));
      Files.writeString(
          silero.resolve("model.json"),
          """
          {"name": "silero-vad", "version": "6", "licence": "MIT", "engine": "OnnxRuntime",
           "files": {"model.onnx": "%s"}, "role": "voice-activity",
           "input": {"name": "input", "layout": "samples", "dtype": "float32",
             "sampleRate": 16000, "samples": 576, "hop": 512},
           "extraInputs": [{"name": "sr", "dtype": "int64", "shape": [], "batched": false,
             "fill": "constant", "value": 16000}],
           "states": [{"input": "state", "output": "stateN", "dtype": "float32",
             "shape": [2, "batch", 128]}],
           "output": {"name": "output"}}
          """
              .formatted(Sha256.of(silero.resolve("model.onnx"))));
    }
    return store;
  }

  /** Entry point of the child process: models' folder, {@code clip}, or {@code long} and hours. */
  public static void main(String... args) throws Exception {
    ModelStore store = new ModelStore(Path.of(args[0]));
    try (OnnxModels models = new OnnxModels(store, OnnxSettings.DEFAULT);
        TempFolder work = TempFolder.create()) {
      if (args[1].equals("clip")) {
        clip(store, models, work.path());
      } else {
        hours(store, models, work.path(), Integer.parseInt(args[2]));
      }
    }
  }

  private static void clip(ModelStore store, OnnxModels models, Path work) throws Exception {
    Path file = repeated(work, CLIP_SECONDS);
    Detector detector = DetectorRegistry.of(store, models).find("voice-size").orElseThrow();
    InstalledModel model = store.find("voice-size").orElseThrow();
    int windows = detect(detector, file, work);
    float[] row;
    try (Sound sound = Sound.decode(file, work, DecodeLimits.DEFAULT)) {
      row = sound.window(0L, VoiceGraph.SAMPLES);
    }
    List<Double> ours = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    try (SessionOptions options = new SessionOptions()) {
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession session = environment.createSession(model.modelPath().toString(), options)) {
        bare(session, row, 1);
        for (int i = 0; i < TURNS; i++) {
          bare.add(seconds(() -> bare(session, row, windows)));
          ours.add(seconds(() -> detect(detector, file, work)));
        }
      }
    }
    double each = median(ours);
    System.out.printf(
        Locale.ROOT,
        "%d s of speech in %.1f s (%.2f of real time), %.2f windows per second;"
            + " %d windows by bare ONNX Runtime (baseline) %.1f s, %.2f per second",
        CLIP_SECONDS,
        each,
        each / CLIP_SECONDS,
        windows / each,
        windows,
        median(bare),
        windows / median(bare));
  }

  private static void bare(OrtSession session, float[] row, int windows) throws OrtException {
    long[] shape = {1, row.length};
    FloatBuffer values =
        ByteBuffer.allocateDirect(row.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer()
            .put(row)
            .flip();
    for (int i = 0; i < windows; i++) {
      try (OnnxTensor tensor =
              OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, shape);
          OrtSession.Result result = session.run(Map.of("wav", tensor))) {
        result.get(0).getValue();
      }
    }
  }

  private static int detect(Detector detector, Path file, Path work) throws IOException {
    Path own = Files.createTempDirectory(work, "job");
    MediaItem item =
        MediaItem.of(Modality.AUDIO, "0".repeat(64), "audio/flac", Files.size(file))
            .withDurationSeconds((double) CLIP_SECONDS);
    try (CascadeFaceDetector faces = new CascadeFaceDetector();
        MediaContext media =
            new MediaContext(file, item, Modality.AUDIO, DecodeLimits.DEFAULT, faces, own)) {
      return detector.detect(media).evidence().timeline().size();
    }
  }

  private static void hours(ModelStore store, OnnxModels models, Path work, int hours)
      throws Exception {
    Path file = repeated(work, hours * 3600);
    long start = System.nanoTime();
    DecodeLimits limits = withTime(Duration.ofMinutes(30));
    try (Sound sound = Sound.decode(file, work, limits)) {
      double decoded = since(start);
      Speech speech = VoiceActivity.of(store, models).find(sound);
      double heard = since(start) - decoded;
      QualityMeter.measure(sound, speech);
      System.out.printf(
          Locale.ROOT,
          "%.0f s of sound decoded in %.1f s, voice activity %.1f s, quality %.1f s",
          sound.seconds(),
          decoded,
          heard,
          since(start) - decoded - heard);
    }
  }

  private static DecodeLimits withTime(Duration time) {
    DecodeLimits limits = DecodeLimits.DEFAULT;
    return new DecodeLimits(
        limits.frames(),
        limits.maxSourcePixels(),
        limits.maxImagePixels(),
        limits.maxFramePixels(),
        limits.maxTime(),
        limits.consecutive(),
        new DecodeLimits.Sound(limits.sound().maxLength(), time));
  }

  /** Speech of a length, in FLAC. */
  private static Path repeated(Path work, int seconds) throws Exception {
    Path once = SpokenSound.in(work);
    Path file = work.resolve("speech.flac");
    Ffmpegs.run(
        BundledFfmpeg.unpack(work.resolve("ffmpeg")),
        "-stream_loop",
        "-1",
        "-i",
        once.toString(),
        "-t",
        Integer.toString(seconds),
        file.toString());
    return file;
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return since(start);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
