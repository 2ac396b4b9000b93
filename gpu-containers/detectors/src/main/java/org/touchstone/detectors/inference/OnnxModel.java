package org.touchstone.detectors.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.Batcher.Part;
import org.touchstone.detectors.inference.OnnxSession.In;
import org.touchstone.domain.Reason;
import org.touchstone.models.CarriedState;
import org.touchstone.models.Input;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;

/**
 * A loaded model: it accepts rows of pictures, clips or sound and gives tensors for each row. Safe
 * for use by several threads; their rows run together if the memory for a batch allows. This
 * changes only the last bits of a float, which depend on the batch's size.
 *
 * <p>A model with {@link CarriedState} remembers nothing itself: each row comes with the state of
 * its stream, and the answer has the next one. Nobody can submit a stream's next row before the
 * answer to the last one, so the rows of a batch belong to different streams. Such models are
 * therefore batched like any other, across streams and never along one.
 */
public final class OnnxModel implements LoadedModel {
  /** Working memory per value of a row: as for CLIP and ConvNeXt, 50 MB at 224 x 224. */
  private static final long MEMORY_PER_VALUE = 350;

  private final ModelManifest manifest;
  private final OnnxSession session;
  private final ExtraTensors extras;
  private final Map<String, Batched> given;
  private final RowAnswers rowAnswers;
  private final Batcher<Request, Answer> batcher;
  private final Queue<Buffers> buffers = new ConcurrentLinkedQueue<>();

  private OnnxModel(
      ModelManifest manifest,
      OnnxSession session,
      int mostRows,
      OnnxSettings settings,
      IntSupplier users) {
    this.manifest = manifest;
    this.session = session;
    this.extras = new ExtraTensors(manifest.extraInputs());
    this.given = Batched.byCallers(manifest);
    this.rowAnswers = new RowAnswers(manifest);
    this.batcher =
        new Batcher<>(
            this::runJoined,
            new Batcher.Limits(
                Math.min(mostRows, batchSize(manifest, settings)),
                settings.concurrency(),
                settings.batching().linger().toNanos()),
            users,
            watch(manifest.name(), settings.listener()));
  }

  /** A caller's request to the model. */
  private record Request(Rows rows, List<StreamState> states, Set<String> outputs) {}

  /**
   * Loads a model after comparing its manifest with the signature in its file.
   *
   * @param users number of callers that run the model now or are about to
   * @throws ModelException when it cannot be loaded or does not fit its manifest
   */
  static OnnxModel load(InstalledModel installed, OnnxSettings settings, IntSupplier users) {
    OnnxSignature signature = OnnxSignatureReader.read(installed.modelPath());
    int mostRows = SignatureCheck.check(installed.manifest(), signature);
    OnnxSession session = OnnxSession.load(installed, settings);
    return new OnnxModel(installed.manifest(), session, mostRows, settings, users);
  }

  private static int batchSize(ModelManifest manifest, OnnxSettings settings) {
    long values = manifest.inputs().stream().mapToLong(Input::elements).sum();
    long each = manifest.memoryPerRow() > 0 ? manifest.memoryPerRow() : MEMORY_PER_VALUE * values;
    long rows = settings.batching().memoryBytes() / Math.max(1, each);
    return (int) Math.clamp(rows, 1, Integer.MAX_VALUE);
  }

  private static Batcher.Watch watch(String model, BatchListener listener) {
    return new Batcher.Watch() {
      @Override
      public void waited(long nanos) {
        listener.waited(model, Duration.ofNanos(nanos));
      }

      @Override
      public void ran(int rows, long nanos) {
        listener.ran(model, rows, Duration.ofNanos(nanos));
      }
    };
  }

  public ModelManifest manifest() {
    return manifest;
  }

  /** The state at the start of a stream, zeros; empty for a model without state. */
  public StreamState firstState() {
    return StreamState.first(manifest);
  }

  /**
   * Runs a detector's model.
   *
   * @param values values of its one input: {@code rows} rows of the manifest's size, one after
   *     another
   * @return for each row the values of the manifest's output, shape {@code [rows][classes]}
   * @throws ModelException when inputs or outputs differ from the manifest
   * @throws DetectionException with {@link Reason#TIMEOUT} when interrupted while waiting, {@link
   *     Reason#ERROR} when the model fails
   */
  public float[][] run(Values values, int rows) {
    String output =
        manifest
            .detector()
            .orElseThrow(() -> new IllegalArgumentException("the model gives no scores"))
            .output()
            .name();
    return run(Rows.of(manifest, values, rows), Set.of(output)).get(output);
  }

  /**
   * Runs a model without state, as above, for any of its float outputs.
   *
   * @param outputs names of outputs whose first dimension is the batch
   * @return by output name, the values of each row, in row-major order
   */
  public Map<String, float[][]> run(Rows rows, Set<String> outputs) {
    List<Answer> answers =
        answers(rows, Collections.nCopies(rows.count(), StreamState.NONE), outputs);
    Map<String, float[][]> byOutput = new HashMap<>();
    for (String output : outputs) {
      byOutput.put(
          output,
          answers.stream()
              .map(answer -> answer.outputs().get(output).floats())
              .toArray(float[][]::new));
    }
    return byOutput;
  }

  /**
   * Runs any model whose rows have one size.
   *
   * @param states the state of each row's stream; {@link StreamState#NONE} for a model without
   *     state. The rows must belong to different streams
   * @param outputs names of outputs whose first dimension is the batch
   * @return an answer for each row
   * @throws ModelException as above
   * @throws DetectionException as above
   */
  public List<Answer> answers(Rows rows, List<StreamState> states, Set<String> outputs) {
    rows.check(given);
    if (states.size() != rows.count()) {
      throw new IllegalArgumentException("a state is needed for each row");
    }
    states.forEach(state -> state.check(manifest));
    return batcher.run(new Request(rows, List.copyOf(states), Set.copyOf(outputs)), rows.count());
  }

  /**
   * Runs rows of any size, without other callers' rows.
   *
   * @param rows number of rows
   * @param inputs all inputs that callers give, by name
   * @param outputs names of outputs
   * @return the outputs by name
   * @throws ModelException as above
   * @throws DetectionException as above
   */
  public Map<String, NamedTensor> runAlone(
      int rows, Map<String, NamedTensor> inputs, Set<String> outputs) {
    if (manifest.inputs().stream().allMatch(Input::hasFixedSize)) {
      throw new IllegalArgumentException("the model takes rows of one size only");
    }
    if (!inputs.keySet().equals(given.keySet())) {
      throw new IllegalArgumentException("the model takes " + given.keySet());
    }
    Buffers lent = buffers();
    try {
      List<In> tensors = extras(lent, rows);
      inputs.forEach(
          (name, tensor) -> {
            Values values = tensor.values();
            ByteBuffer buffer =
                lent.get(name, Math.multiplyExact(values.count(), values.type().bytes()));
            values.copyTo(buffer, 0, values.count());
            tensors.add(new In(name, buffer.flip(), values.type(), tensor.shape()));
          });
      return session.run(tensors, outputs);
    } finally {
      buffers.add(lent);
    }
  }

  private List<Answer> runJoined(List<Part<Request>> parts) {
    int rows = parts.stream().mapToInt(Part::count).sum();
    Set<String> outputs = new TreeSet<>();
    parts.forEach(part -> outputs.addAll(part.input().outputs()));
    manifest.states().forEach(state -> outputs.add(state.output()));
    Buffers lent = buffers();
    try {
      List<In> tensors = extras(lent, rows);
      given.forEach((name, tensor) -> tensors.add(rows(lent, parts, rows, name, tensor)));
      for (CarriedState state : manifest.states()) {
        tensors.add(states(lent, parts, rows, state));
      }
      return rowAnswers.of(session.run(tensors, outputs), rows);
    } finally {
      buffers.add(lent);
    }
  }

  private static In rows(
      Buffers lent, List<Part<Request>> parts, int rows, String name, Batched tensor) {
    int each = tensor.elements();
    ByteBuffer buffer = lent.get(name, bytes(rows, each, tensor.type().bytes()));
    for (Part<Request> part : parts) {
      part.input()
          .rows()
          .inputs()
          .get(name)
          .copyTo(buffer, part.from() * each, part.count() * each);
    }
    return new In(name, buffer.flip(), tensor.type(), tensor.shape(rows));
  }

  /** The batch may be any dimension of a state, so a stream's values need not be contiguous. */
  private static In states(Buffers lent, List<Part<Request>> parts, int rows, CarriedState state) {
    int run = state.run();
    ByteBuffer buffer =
        lent.get(state.input(), bytes(rows, state.elements(), state.type().bytes()));
    for (int at = 0; at < state.elements(); at += run) {
      for (Part<Request> part : parts) {
        for (int i = part.from(); i < part.from() + part.count(); i++) {
          part.input().states().get(i).tensors().get(state.input()).copyTo(buffer, at, run);
        }
      }
    }
    long[] shape =
        state.shape().stream()
            .mapToLong(size -> size == CarriedState.BATCH ? rows : size)
            .toArray();
    return new In(state.input(), buffer.flip(), state.type(), shape);
  }

  private List<In> extras(Buffers lent, int rows) {
    List<In> tensors = new ArrayList<>();
    for (ExtraTensors.Filled extra : extras.inputs()) {
      Values values = extra.values();
      int times = extra.times(rows);
      String name = extra.input().name();
      ByteBuffer buffer = lent.get(name, bytes(times, values.count(), values.type().bytes()));
      for (int i = 0; i < times; i++) {
        values.copyTo(buffer, 0, values.count());
      }
      tensors.add(new In(name, buffer.flip(), values.type(), extra.shape(rows)));
    }
    return tensors;
  }

  private static int bytes(int rows, int each, int size) {
    return Math.multiplyExact(Math.multiplyExact(rows, each), size);
  }

  private Buffers buffers() {
    Buffers known = buffers.poll();
    return known != null ? known : new Buffers();
  }

  /** Direct buffers, which ONNX Runtime reads in place; one set for each run at a time. */
  private static final class Buffers {
    private final Map<String, ByteBuffer> byInput = new HashMap<>();

    ByteBuffer get(String input, int bytes) {
      ByteBuffer known = byInput.get(input);
      if (known == null || known.capacity() < bytes) {
        known = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        byInput.put(input, known);
      }
      return known.clear().limit(bytes);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
