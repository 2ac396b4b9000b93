package org.touchstone.detectors.inference;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.touchstone.detectors.inference.OnnxSession.Out;
import org.touchstone.domain.Reason;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelManifest.Input;
import org.touchstone.models.ModelManifest.Layout;

/**
 * A loaded model that takes pictures or clips of unsigned bytes and gives floats for each of them.
 * Safe for use by several threads, whose rows are run together as far as the memory for a batch
 * goes. That changes no result beyond the last bits of a float, which depend on the batch's size.
 */
public final class OnnxModel implements AutoCloseable {
  /** Working memory per byte of a picture: as for CLIP and ConvNeXt, 50 MB at 224 x 224. */
  private static final long MEMORY_PER_BYTE = 350;

  private final ModelManifest manifest;
  private final OnnxSession session;
  private final ExtraTensors extras;
  private final int rowBytes;
  private final Batcher<Request, Map<String, float[]>> batcher;
  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

  private OnnxModel(
      ModelManifest manifest,
      OnnxSession session,
      int mostRows,
      OnnxSettings settings,
      IntSupplier users) {
    this.manifest = manifest;
    this.session = session;
    this.extras = new ExtraTensors(manifest.extraInputs());
    this.rowBytes = Math.multiplyExact(manifest.input().frames(), pictureBytes(manifest.input()));
    this.batcher =
        new Batcher<>(
            this::runJoined,
            new Batcher.Limits(
                Math.min(mostRows, batchSize(manifest, settings)),
                settings.concurrency(),
                settings.batching().linger().toNanos()),
            users);
  }

  /** What a caller wants of the model. */
  private record Request(byte[] data, Set<String> outputs) {}

  /**
   * Loads a model after its manifest was compared with what the file says of itself.
   *
   * @param users how many are about to run the model or do so now
   * @throws ModelException when it cannot be loaded or does not fit its manifest
   */
  static OnnxModel load(InstalledModel installed, OnnxSettings settings, IntSupplier users) {
    OnnxSignature signature = OnnxSignatureReader.read(installed.modelPath());
    int mostRows = SignatureCheck.check(installed.manifest(), signature);
    OnnxSession session = OnnxSession.load(installed, settings);
    return new OnnxModel(installed.manifest(), session, mostRows, settings, users);
  }

  private static int batchSize(ModelManifest manifest, OnnxSettings settings) {
    long bytes = (long) manifest.input().frames() * pictureBytes(manifest.input());
    long each = manifest.memoryPerRow() > 0 ? manifest.memoryPerRow() : MEMORY_PER_BYTE * bytes;
    long rows = settings.batching().memoryBytes() / Math.max(1, each);
    return (int) Math.clamp(rows, 1, Integer.MAX_VALUE);
  }

  public ModelManifest manifest() {
    return manifest;
  }

  /** Bytes of one picture of an input. */
  public static int pictureBytes(Input input) {
    return Math.multiplyExact(Math.multiplyExact(input.height(), input.width()), 3);
  }

  /**
   * Runs the model.
   *
   * @param data {@code rows} pictures, or clips, of the manifest's size: unsigned bytes, RGB, one
   *     after another
   * @return for each picture or clip the values of the manifest's output, shape {@code
   *     [rows][classes]}
   * @throws ModelException when inputs or outputs are not what the manifest says
   * @throws DetectionException with {@link Reason#TIMEOUT} when interrupted while waiting, {@link
   *     Reason#ERROR} when the model fails
   */
  public float[][] run(byte[] data, int rows) {
    String output = manifest.output().name();
    return run(data, rows, Set.of(output)).get(output);
  }

  /**
   * Runs the model, as above, for any of its outputs.
   *
   * @param outputs names of outputs whose first dimension is the batch
   * @return by output for each picture or clip its values, whatever their shape, in row-major order
   */
  public Map<String, float[][]> run(byte[] data, int rows, Set<String> outputs) {
    if (data.length != Math.multiplyExact(rowBytes, rows)) {
      throw new IllegalArgumentException(
          "%d bytes are not %d rows of %d".formatted(data.length, rows, rowBytes));
    }
    List<Map<String, float[]>> results = batcher.run(new Request(data, outputs), rows);
    Map<String, float[][]> byOutput = new HashMap<>();
    for (String output : outputs) {
      byOutput.put(output, results.stream().map(row -> row.get(output)).toArray(float[][]::new));
    }
    return byOutput;
  }

  /**
   * Runs a model that takes pictures of any size, on its own.
   *
   * @param data {@code rows} pictures of that size: unsigned bytes, RGB, one after another
   * @param outputs names of outputs
   * @return by output all its values in row-major order
   */
  public Map<String, float[]> run(
      byte[] data, int rows, int height, int width, Set<String> outputs) {
    if (manifest.input().height() != Input.ANY_SIZE) {
      throw new IllegalArgumentException("the model takes pictures of one size only");
    }
    In pictures =
        new In(
            manifest.input().name(), ByteBuffer.wrap(data), DataType.UINT8, rows, height, width, 3);
    Map<String, float[]> values = new HashMap<>();
    run(pictures, rows, outputs).forEach((name, out) -> values.put(name, out.values()));
    return values;
  }

  private List<Map<String, float[]>> runJoined(List<Part<Request>> parts) {
    int rows = parts.stream().mapToInt(Part::count).sum();
    Set<String> outputs = new TreeSet<>();
    parts.forEach(part -> outputs.addAll(part.input().outputs()));
    ByteBuffer buffer = buffer(Math.multiplyExact(rows, rowBytes));
    try {
      for (Part<Request> part : parts) {
        buffer.put(part.input().data(), part.from() * rowBytes, part.count() * rowBytes);
      }
      Input in = manifest.input();
      long[] shape =
          in.layout() == Layout.NHWC
              ? new long[] {rows, in.height(), in.width(), 3}
              : new long[] {rows, in.frames(), in.height(), in.width(), 3};
      In pictures = new In(in.name(), buffer.flip(), DataType.UINT8, shape);
      return byRow(run(pictures, rows, outputs), rows);
    } finally {
      buffers.add(buffer);
    }
  }

  private Map<String, Out> run(In pictures, int rows, Set<String> outputs) {
    List<In> inputs = new ArrayList<>(extras.of(rows));
    inputs.add(pictures);
    return session.run(inputs, outputs);
  }

  /** A direct buffer, which ONNX Runtime reads in place; there are as many as runs at a time. */
  private ByteBuffer buffer(int bytes) {
    ByteBuffer known = buffers.poll();
    ByteBuffer buffer =
        known != null && known.capacity() >= bytes ? known : ByteBuffer.allocateDirect(bytes);
    return buffer.clear().limit(bytes);
  }

  private List<Map<String, float[]>> byRow(Map<String, Out> outputs, int rows) {
    List<Map<String, float[]>> results = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      results.add(new HashMap<>());
    }
    outputs.forEach(
        (name, out) -> {
          boolean main = manifest.output() != null && name.equals(manifest.output().name());
          if (out.shape().length < 1
              || out.shape()[0] != rows
              || main && out.shape().length > manifest.pipeline().outputDimensions()) {
            throw new ModelException("model.json: output is not one row per input");
          }
          int each = out.values().length / rows;
          if (main && manifest.output().fakeIndex() >= each) {
            throw new ModelException(
                "model.json: output.fakeIndex is beyond the model's %d classes".formatted(each));
          }
          for (int i = 0; i < rows; i++) {
            results.get(i).put(name, Arrays.copyOfRange(out.values(), i * each, (i + 1) * each));
          }
        });
    return results;
  }

  @Override
  public void close() {
    session.close();
  }
}
