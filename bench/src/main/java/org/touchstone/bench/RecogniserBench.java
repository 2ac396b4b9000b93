package org.touchstone.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.touchstone.checkpoints.ImportProgress;
import org.touchstone.checkpoints.ImportRequest;
import org.touchstone.checkpoints.ModelImporter;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.inference.SpeechModel;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.recognition.LogMel;
import org.touchstone.detectors.sound.recognition.Recogniser;
import org.touchstone.detectors.sound.recognition.Spoken;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.Speech.Segment;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.speech.Transcript;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.ScriptedWhisper;

/**
 * Measures speech recognition: spectra per second, the real-time factor of each size of Whisper
 * against bare ONNX Runtime calls that do the same inferences, in turns, and the memory that two
 * hours of sound need. Each size runs in its own process.
 */
final class RecogniserBench {
  /** The words of 30 s of fluent speech. */
  private static final int WORDS = 75;

  private static final int WINDOWS = 8;
  private static final int SECONDS = 30 * WINDOWS;
  private static final int TURNS = 3;
  private static final int HOURS_SECONDS = 7200;
  private static final int MEL_TURNS = 5;

  /** All that it needs. A larger heap fills with garbage, which counts as memory as well. */
  private static final String HEAP = "-Xmx128m";

  private static final List<String> USUAL = List.of("tiny", "base", "small");

  private RecogniserBench() {}

  static void run(Path root, Options options) throws Exception {
    List<String> chosen = options.networks().isEmpty() ? USUAL : options.networks();
    for (ScriptedWhisper size : ScriptedWhisper.SIZES) {
      if (chosen.contains(size.name())) {
        Path folder = NetworkBench.folder(root, options).resolve("whisper-" + size.name());
        make(size, folder, options);
        for (String mode : List.of("speed", "hours")) {
          child(size, folder, mode);
        }
      }
    }
  }

  private static void child(ScriptedWhisper size, Path folder, String mode) throws Exception {
    List<String> command = new ArrayList<>(ChildProcess.java(HEAP, RecogniserBench.class));
    command.addAll(List.of(folder.toString(), mode));
    try (ChildProcess child = ChildProcess.start(command)) {
      child.process().getInputStream().transferTo(System.out);
      if (child.process().waitFor() != 0) {
        throw new IllegalStateException(size.name() + " failed");
      }
      long model = new ModelStore(folder).newest().stream().mapToLong(RecogniserBench::bytes).sum();
      System.out.printf(
          Locale.ROOT,
          "%-9s %s: peak memory %d MB, of which the model's files are %d MB%n",
          size.name(),
          mode,
          child.peakMegabytes(),
          model >> 20);
    }
  }

  private static long bytes(InstalledModel model) {
    return model.manifest().files().keySet().stream()
        .mapToLong(name -> model.folder().resolve(name).toFile().length())
        .sum();
  }

  private static void make(ScriptedWhisper size, Path folder, Options options) throws IOException {
    Files.createDirectories(folder);
    if (Recogniser.installed(new ModelStore(folder)).isPresent()) {
      return;
    }
    System.out.println("making whisper " + size.name() + " by formula");
    Path checkpoint = Files.createTempFile(folder, ".formula-", ".safetensors");
    Path vocabulary = folder.resolve(".vocabulary.tiktoken");
    try {
      CheckpointWriter.safetensors(checkpoint, size.tensors(WORDS));
      Files.write(vocabulary, ScriptedWhisper.vocabulary());
      new ModelImporter(folder)
          .importModel(
              new ImportRequest("whisper", List.of(checkpoint, vocabulary), options.precision()),
              ImportProgress.NONE);
    } finally {
      Files.delete(checkpoint);
      Files.deleteIfExists(vocabulary);
    }
  }

  /** Entry point of the child process: the model's folder, what to measure. */
  public static void main(String... args) throws Exception {
    ModelStore store = new ModelStore(Path.of(args[0]));
    InstalledModel model = Recogniser.installed(store).orElseThrow();
    try (TempFolder folder = TempFolder.create();
        OnnxModels models = new OnnxModels(store, OnnxSettings.DEFAULT)) {
      Recogniser recogniser = Recogniser.of(model, models);
      if (args[1].equals("hours")) {
        hours(recogniser, VoiceActivity.of(store, models), folder.path());
      } else {
        speed(recogniser, model, folder.path());
      }
    }
  }

  private static void hours(Recogniser recogniser, VoiceActivity voice, Path folder)
      throws IOException {
    long start = System.nanoTime();
    try (Sound sound = sound(folder, HOURS_SECONDS)) {
      Speech speech = voice.find(sound);
      Transcript transcript = recogniser.recognise(new Spoken(sound, speech), Optional.empty());
      System.out.printf(
          Locale.ROOT,
          "two hours: %.1f s, %.0f of %.0f s of speech written down%n",
          (System.nanoTime() - start) / 1e9,
          transcript.writtenSeconds(),
          transcript.speechSeconds());
    }
  }

  private static void speed(Recogniser recogniser, InstalledModel model, Path folder)
      throws IOException, OrtException {
    List<Integer> shape = model.manifest().input().shape();
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < WINDOWS; i++) {
      segments.add(new Segment(30 * i, 30 * i + 29.9));
    }
    try (Sound sound = sound(folder, SECONDS)) {
      LogMel spectra = new LogMel(shape.get(0), shape.get(1));
      float[] window = sound.window(0, spectra.samples());
      List<Long> mel = new ArrayList<>();
      for (int i = 0; i < MEL_TURNS; i++) {
        mel.add(time(() -> spectra.of(window)));
      }
      System.out.printf(
          Locale.ROOT, "mel frames: %.0f per second on one core%n", shape.get(1) / median(mel));
      Spoken spoken = new Spoken(sound, new Speech(segments));
      // This comes first because DJL creates the environment that both use.
      Transcript transcript = recogniser.recognise(spoken, Optional.of("en"));
      int words = transcript.text().split(" ").length;
      if (words != WINDOWS * WORDS) {
        throw new IllegalStateException(words + " words were written");
      }
      List<Long> ours = new ArrayList<>();
      List<Long> bare = new ArrayList<>();
      try (Bare session = new Bare(model)) {
        for (int i = 0; i < TURNS; i++) {
          bare.add(time(session::run));
          ours.add(time(() -> recogniser.recognise(spoken, Optional.of("en"))));
        }
      }
      System.out.printf(
          Locale.ROOT,
          "real-time factor %.3f, bare ONNX Runtime (baseline) %.3f, ratio %.2f (n = %d)%n",
          median(ours) / SECONDS,
          median(bare) / SECONDS,
          median(ours) / median(bare),
          TURNS);
    }
  }

  /** Tones of three seconds with pauses of one. */
  private static Sound sound(Path folder, int seconds) throws IOException {
    Path file = folder.resolve("tones.wav");
    int bytes = 2 * Sound.SAMPLE_RATE * seconds;
    ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes()).putInt(36 + bytes).put("WAVEfmt ".getBytes()).putInt(16);
    header.putShort((short) 1).putShort((short) 1).putInt(Sound.SAMPLE_RATE);
    header.putInt(2 * Sound.SAMPLE_RATE).putShort((short) 2).putShort((short) 16);
    header.put("data".getBytes()).putInt(bytes);
    ByteBuffer second = ByteBuffer.allocate(2 * Sound.SAMPLE_RATE).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < Sound.SAMPLE_RATE; i++) {
      second.putShort((short) (9000 * Math.sin(2 * Math.PI * 300 * i / Sound.SAMPLE_RATE)));
    }
    byte[] pause = new byte[2 * Sound.SAMPLE_RATE];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(header.array());
      for (int i = 0; i < seconds; i++) {
        out.write(i % 4 == 3 ? pause : second.array());
      }
    }
    Sound sound = Sound.decode(file, folder, DecodeLimits.DEFAULT);
    Files.delete(file);
    return sound;
  }

  private static double median(List<Long> nanos) {
    return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow() / 1e9;
  }

  @FunctionalInterface
  private interface Work {
    void run() throws OrtException;
  }

  private static long time(Work work) throws OrtException {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  /** The same inferences in ONNX Runtime alone: no spectra, no rules, no choice of tokens. */
  private static final class Bare implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final InstalledModel model;
    private final ModelRole.Decoder decoder;
    private final SessionOptions options = new SessionOptions();
    private final OrtSession encoder;
    private final OrtSession writer;

    Bare(InstalledModel model) throws OrtException {
      this.model = model;
      this.decoder = SpeechModel.decoder(model.manifest()).orElseThrow();
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      encoder = environment.createSession(model.modelPath().toString(), options);
      writer =
          environment.createSession(model.folder().resolve(decoder.file()).toString(), options);
    }

    void run() throws OrtException {
      List<Integer> input = model.manifest().input().shape();
      long[] shape = {WINDOWS, input.get(0), input.get(1)};
      FloatBuffer spectra = FloatBuffer.allocate(WINDOWS * input.get(0) * input.get(1));
      try (OnnxTensor mel = OnnxTensor.createTensor(environment, spectra, shape);
          OrtSession.Result heard = encoder.run(Map.of(model.manifest().input().name(), mel))) {
        OrtSession.Result kept = null;
        int written = 0;
        // Start; language and task; the first time, the words and the last time.
        for (int step = 0; step < 2 + WORDS + 2; step++) {
          int count = step == 1 ? 2 : 1;
          OrtSession.Result next = write(heard, kept, written, count);
          if (kept != null) {
            kept.close();
          }
          kept = next;
          written += count;
        }
        kept.close();
      }
    }

    private OrtSession.Result write(
        OrtSession.Result heard, OrtSession.Result kept, int written, int count)
        throws OrtException {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      List<OnnxTensor> own = new ArrayList<>();
      long[] positions = new long[count];
      for (int i = 0; i < count; i++) {
        positions[i] = written + i;
      }
      own.add(
          OnnxTensor.createTensor(
              environment, LongBuffer.allocate(WINDOWS * count), new long[] {WINDOWS, count}));
      inputs.put("tokens", own.getLast());
      own.add(OnnxTensor.createTensor(environment, LongBuffer.wrap(positions), new long[] {count}));
      inputs.put("positions", own.getLast());
      for (int i = 0; i < decoder.layers(); i++) {
        for (String part : List.of("key.", "value.")) {
          inputs.put(
              "cross_" + part + i, (OnnxTensor) heard.get("cross_" + part + i).orElseThrow());
          if (kept == null) {
            long[] none = {WINDOWS, decoder.heads(), 0, decoder.headSize()};
            own.add(OnnxTensor.createTensor(environment, FloatBuffer.allocate(0), none));
          }
          inputs.put(
              "past_" + part + i,
              kept == null ? own.getLast() : (OnnxTensor) kept.get(part + i).orElseThrow());
        }
      }
      try {
        return writer.run(inputs);
      } finally {
        own.forEach(OnnxTensor::close);
      }
    }

    @Override
    public void close() throws OrtException {
      encoder.close();
      writer.close();
      options.close();
    }
  }
}
