package org.touchstone.bench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.inference.Values;
import org.touchstone.models.ExtraInput;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelStore;

/**
 * Measures rows per second of each network at full size: as detectors run it, and by bare ONNX
 * Runtime on the same file with the same options, in turns. Each network runs in its own process.
 */
final class NetworkBench {
  private static final int MAX_TURNS = 15;

  /** The first loads also read the file from disk, so that the median leaves them out. */
  private static final int FIRST_ROWS = 5;

  private static final Duration BUDGET = Duration.ofSeconds(60);
  private static final long MODEL_MEMORY = 1L << 40;

  private NetworkBench() {}

  static void run(Path root, Options options) throws Exception {
    FormulaModels models = new FormulaModels(folder(root, options), options.precision());
    for (BenchNetwork network : chosen(options)) {
      models.with(List.of(network.detector()));
      List<String> command = new ArrayList<>(ChildProcess.java("-Xmx1g", NetworkBench.class));
      command.addAll(List.of(folder(root, options).toString(), network.detector()));
      command.addAll(options.arguments());
      try (ChildProcess child = ChildProcess.start(command)) {
        child.process().getInputStream().transferTo(System.out);
        if (child.process().waitFor() != 0) {
          throw new IllegalStateException(network.detector() + " failed");
        }
        System.out.printf(
            Locale.ROOT, "%-12s peak memory %d MB%n", network.detector(), child.peakMegabytes());
      }
    }
  }

  private static List<BenchNetwork> chosen(Options options) {
    return options.networks().isEmpty()
        ? List.of(BenchNetwork.values())
        : options.networks().stream().map(BenchNetwork::of).toList();
  }

  static Path folder(Path root, Options options) {
    return root.resolve("bench/target/formula-models").resolve(options.precision().code());
  }

  /** Entry point of the child process: models' folder, network, options. */
  public static void main(String... args) throws Exception {
    BenchNetwork network = BenchNetwork.of(args[1]);
    Options options = Options.parse(List.of(args).subList(2, args.length)).options();
    ModelStore store = new ModelStore(Path.of(args[0]));
    InstalledModel model = store.find(network.detector()).orElseThrow();
    measureFirstRow(network, options, store, model);
    for (int batch : network.batches(options.device())) {
      measure(network, options, store, model, batch);
    }
  }

  /** Time to load the model and answer one row, with and without prepacked weights. */
  private static void measureFirstRow(
      BenchNetwork network, Options options, ModelStore store, InstalledModel model)
      throws OrtException {
    Values row = new Values.Bytes(new byte[network.rowBytes()]);
    OnnxSettings lasting = new OnnxSettings(options.device(), 0, 1, MODEL_MEMORY);
    List<Long> prepacked = new ArrayList<>();
    List<Long> asTheyAre = new ArrayList<>();
    for (int i = 0; i < FIRST_ROWS; i++) {
      prepacked.add(time(() -> answer(store, lasting, model, row)));
      asTheyAre.add(time(() -> answer(store, lasting.forFewRuns(), model, row)));
    }
    System.out.printf(
        Locale.ROOT,
        "%-12s %s %s loaded and first row: prepacked (baseline) %.2f s, as analyze does %.2f s%n",
        network.detector(),
        options.device(),
        options.precision().code(),
        median(prepacked),
        median(asTheyAre));
  }

  private static void answer(
      ModelStore store, OnnxSettings settings, InstalledModel model, Values row) {
    try (OnnxModels models = new OnnxModels(store, settings)) {
      models.use(model, loaded -> loaded.run(row, 1));
    }
  }

  private static void measure(
      BenchNetwork network, Options options, ModelStore store, InstalledModel model, int batch)
      throws OrtException {
    byte[] data = new byte[batch * network.rowBytes()];
    new Random(1).nextBytes(data);
    Values rows = new Values.Bytes(data);
    long memory = Math.max(1, model.manifest().memoryPerRow()) * batch;
    OnnxSettings settings =
        new OnnxSettings(
            options.device(),
            0,
            1,
            MODEL_MEMORY,
            new OnnxSettings.Batching(Math.max(memory, data.length * 128L), Duration.ZERO));
    List<Long> bare = new ArrayList<>();
    List<Long> ours = new ArrayList<>();
    try (OnnxModels models = new OnnxModels(store, settings)) {
      // This comes first because DJL creates the environment that both use.
      models.use(model, loaded -> loaded.run(rows, batch));
      try (Bare session = Bare.open(model, options)) {
        session.run(network, data, batch);
        long deadline = System.nanoTime() + BUDGET.toNanos();
        while (bare.size() < MAX_TURNS && (bare.isEmpty() || System.nanoTime() < deadline)) {
          bare.add(time(() -> session.run(network, data, batch)));
          ours.add(time(() -> models.use(model, loaded -> loaded.run(rows, batch))));
        }
      }
    }
    print(network, options, batch, median(bare), median(ours), bare.size());
  }

  private static void print(
      BenchNetwork network, Options options, int batch, double bare, double ours, int turns) {
    double rate = batch / ours;
    double teraflops = rate * network.teraOps();
    System.out.printf(
        Locale.ROOT,
        "%-12s %s %s batch %2d: %8.2f %s/s, bare %8.2f/s, ratio %.3f, %.2f TFLOP/s%s (n = %d)%n",
        network.detector(),
        options.device(),
        options.precision().code(),
        batch,
        rate,
        network.unit(),
        batch / bare,
        bare / ours,
        teraflops,
        options.peakTeraflops() > 0
            ? String.format(
                Locale.ROOT, " = %.0f %% of peak", 100 * teraflops / options.peakTeraflops())
            : "",
        turns);
  }

  /** The median in seconds. */
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

  /** A model in ONNX Runtime alone, without detectors. */
  private record Bare(OrtSession session, SessionOptions options, InstalledModel model)
      implements AutoCloseable {
    static Bare open(InstalledModel model, Options options) throws OrtException {
      SessionOptions session = new SessionOptions();
      session.setInterOpNumThreads(1);
      session.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (!options.device().isCpu()) {
        session.addCUDA(options.device().number());
      }
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      return new Bare(
          environment.createSession(model.modelPath().toString(), session), session, model);
    }

    void run(BenchNetwork network, byte[] data, int rows) throws OrtException {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      ByteBuffer buffer = ByteBuffer.allocateDirect(data.length).put(data).flip();
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put(
          model.manifest().input().name(),
          OnnxTensor.createTensor(environment, buffer, network.shape(rows), OnnxJavaType.UINT8));
      for (ExtraInput extra : model.manifest().extraInputs()) {
        long[] shape = new long[1 + extra.shape().size()];
        shape[0] = rows;
        for (int i = 1; i < shape.length; i++) {
          shape[i] = extra.shape().get(i - 1);
        }
        FloatBuffer zeros = FloatBuffer.allocate(rows * extra.elements());
        inputs.put(extra.name(), OnnxTensor.createTensor(environment, zeros, shape));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        result.get(0).getValue();
      } finally {
        inputs.values().forEach(OnnxTensor::close);
      }
    }

    @Override
    public void close() throws OrtException {
      session.close();
      options.close();
    }
  }
}
