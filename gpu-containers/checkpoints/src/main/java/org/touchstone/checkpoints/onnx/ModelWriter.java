package org.touchstone.checkpoints.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.touchstone.checkpoints.onnx.OnnxGraph.Initializer;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.domain.files.Sha256;

/**
 * Writes a graph as {@value #MODEL_FILE} with its weights in {@value #DATA_FILE}, block by block: a
 * protobuf message can hold at most 2 GiB, and this way the weights need not be in memory. The same
 * graph and weights give the same bytes.
 */
public final class ModelWriter {
  public static final String MODEL_FILE = "model.onnx";
  public static final String DATA_FILE = "model.onnx.data";

  /** What the file of a graph's weights has after the name of the graph's own file. */
  public static final String DATA_SUFFIX = ".data";

  /** The first operator set with Gelu, and the file version that belongs to it. */
  private static final int OPSET = 20;

  private static final int IR_VERSION = 9;
  private static final int ALIGNMENT = 64;
  private static final float LARGEST_HALF = 65504;

  private ModelWriter() {}

  /** Size of the weights file. */
  public static long dataBytes(OnnxGraph graph) {
    long bytes = 0;
    for (Initializer initializer : graph.weights()) {
      bytes = aligned(bytes) + bytes(initializer);
    }
    return bytes;
  }

  /**
   * Writes both files.
   *
   * @param progress receives the bytes of weights written so far
   * @return SHA-256 of each file, in lower-case hexadecimal
   * @throws CheckpointException when a weight is not finite or too large for half precision
   */
  public static Map<String, String> write(OnnxGraph graph, Path folder, LongConsumer progress)
      throws IOException {
    return write(graph, folder, MODEL_FILE, progress);
  }

  /**
   * Writes a graph to a file of that name, and its weights to one with {@value #DATA_SUFFIX} after
   * it. The rest is as above.
   */
  public static Map<String, String> write(
      OnnxGraph graph, Path folder, String file, LongConsumer progress) throws IOException {
    String dataFile = file + DATA_SUFFIX;
    Map<String, String> digests = new TreeMap<>();
    List<TensorProto> initializers = new ArrayList<>();
    try (Digesting data = new Digesting(folder.resolve(dataFile))) {
      for (Initializer initializer : graph.weights()) {
        data.pad(aligned(data.written) - data.written);
        initializers.add(external(initializer, dataFile, data.written));
        writeWeight(initializer, data, progress);
      }
      digests.put(dataFile, data.digest());
    }
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("touchstone")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(OnnxGraph.MICROSOFT).setVersion(1))
            .setGraph(graph.build(initializers));
    graph.properties().forEach((key, value) -> model.addMetadataProps(entry(key, value)));
    try (Digesting out = new Digesting(folder.resolve(file))) {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      coded.useDeterministicSerialization();
      model.build().writeTo(coded);
      coded.flush();
      digests.put(file, out.digest());
    }
    return digests;
  }

  private static void writeWeight(Initializer weight, Digesting out, LongConsumer progress)
      throws IOException {
    boolean half = weight.value().type() == OnnxType.FLOAT16;
    weight
        .weight()
        .copyTo(
            (values, count) -> {
              out.write(half ? halves(weight, values, count) : floats(weight, values, count));
              progress.accept(out.written);
            });
  }

  private static byte[] floats(Initializer weight, float[] values, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(values[i])) {
        throw unusable(weight, "that are not finite");
      }
      bytes.putFloat(values[i]);
    }
    return bytes.array();
  }

  private static byte[] halves(Initializer weight, float[] values, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      if (!(Math.abs(values[i]) <= LARGEST_HALF)) {
        throw unusable(weight, "too large for half precision");
      }
      bytes.putShort(Float.floatToFloat16(values[i]));
    }
    return bytes.array();
  }

  private static CheckpointException unusable(Initializer weight, String why) {
    return new CheckpointException(Kind.UNSUPPORTED, weight.value().name() + " has values " + why);
  }

  private static TensorProto external(Initializer initializer, String dataFile, long offset) {
    return TensorProto.newBuilder()
        .setName(initializer.value().name())
        .setDataType(initializer.value().type().code())
        .addAllDims(Arrays.stream(initializer.weight().shape()).boxed().toList())
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", dataFile))
        .addExternalData(entry("offset", String.valueOf(offset)))
        .addExternalData(entry("length", String.valueOf(bytes(initializer))))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static long bytes(Initializer initializer) {
    return initializer.weight().elements() * initializer.value().type().bytes();
  }

  private static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** A file that is hashed and counted while it is written. */
  private static final class Digesting extends OutputStream {
    private final DigestOutputStream out;
    private long written;

    Digesting(Path file) throws IOException {
      out =
          new DigestOutputStream(
              new BufferedOutputStream(Files.newOutputStream(file)), Sha256.digest());
    }

    void pad(long count) throws IOException {
      write(new byte[(int) count], 0, (int) count);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      written++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
      written += count;
    }

    String digest() throws IOException {
      out.flush();
      return Sha256.hex(out.getMessageDigest());
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
