package org.touchstone.detectors.inference;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.touchstone.detectors.inference.OnnxSignature.Tensor;
import org.touchstone.models.ModelException;

/**
 * Reads a {@link OnnxSignature} from an ONNX file, which is a message of Protocol Buffers, without
 * reading its weights. Field numbers are those of {@code onnx.proto}. What a manifest says can so
 * be checked before native code sees the file, and without running the model.
 */
final class OnnxSignatureReader {
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_OPSETS = 8;
  private static final int OPSET_DOMAIN = 1;
  private static final int OPSET_VERSION = 2;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;
  private static final int VALUE_NAME = 1;
  private static final int VALUE_TYPE = 2;
  private static final int TYPE_TENSOR = 1;
  private static final int TENSOR_TYPE_ELEMENT = 1;
  private static final int TENSOR_TYPE_SHAPE = 2;
  private static final int SHAPE_DIM = 1;
  private static final int DIM_VALUE = 1;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_EXTERNAL = 13;
  private static final int ENTRY_KEY = 1;
  private static final int ENTRY_VALUE = 2;

  /** More inputs, outputs or dimensions than any model has. */
  private static final int MAX_COUNT = 4096;

  private static final int MAX_TEXT_BYTES = 4096;

  private final ProtoReader proto;
  private final Map<String, Tensor> inputs = new HashMap<>();
  private final Map<String, Tensor> outputs = new HashMap<>();
  private final Set<String> initializers = new HashSet<>();
  private final Set<String> externalFiles = new HashSet<>();
  private long opset;
  private boolean hasGraph;

  private OnnxSignatureReader(InputStream in) {
    this.proto = new ProtoReader(in);
  }

  /**
   * @throws ModelException naming the file, when it cannot be read or is no ONNX model
   */
  static OnnxSignature read(Path file) {
    String name = file.getFileName().toString();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      OnnxSignatureReader reader = new OnnxSignatureReader(in);
      reader.model(Files.size(file));
      if (!reader.hasGraph) {
        throw new ProtoReader.DamagedException("it has no graph");
      }
      // Old models list their weights among their inputs.
      reader.inputs.keySet().removeAll(reader.initializers);
      return new OnnxSignature(reader.opset, reader.inputs, reader.outputs, reader.externalFiles);
    } catch (ProtoReader.DamagedException e) {
      throw new ModelException(name + " is no ONNX model: " + e.getMessage(), e);
    } catch (EOFException e) {
      throw new ModelException(name + " is no ONNX model: it is cut off", e);
    } catch (IOException e) {
      throw new ModelException(name + " is missing or cannot be read", e);
    }
  }

  private void model(long length) throws IOException {
    long end = proto.end(length);
    while (proto.next(end)) {
      switch (proto.field()) {
        case MODEL_GRAPH -> graph();
        case MODEL_OPSETS -> opset();
        default -> proto.skip();
      }
    }
  }

  private void opset() throws IOException {
    String domain = "";
    long version = 0;
    long end = proto.message();
    while (proto.next(end)) {
      switch (proto.field()) {
        case OPSET_DOMAIN -> domain = proto.text(MAX_TEXT_BYTES);
        case OPSET_VERSION -> version = proto.number();
        default -> proto.skip();
      }
    }
    if (domain.isEmpty() || domain.equals("ai.onnx")) {
      opset = version;
    }
  }

  private void graph() throws IOException {
    hasGraph = true;
    long end = proto.message();
    while (proto.next(end)) {
      switch (proto.field()) {
        case GRAPH_INPUT -> value(inputs);
        case GRAPH_OUTPUT -> value(outputs);
        case GRAPH_INITIALIZER -> initializer();
        default -> proto.skip();
      }
    }
  }

  private void value(Map<String, Tensor> values) throws IOException {
    String name = "";
    Tensor tensor = new Tensor(0, null);
    long end = proto.message();
    while (proto.next(end)) {
      switch (proto.field()) {
        case VALUE_NAME -> name = proto.text(MAX_TEXT_BYTES);
        case VALUE_TYPE -> tensor = type();
        default -> proto.skip();
      }
    }
    values.put(name, tensor);
    if (values.size() > MAX_COUNT) {
      throw new ProtoReader.DamagedException("it has too many inputs or outputs");
    }
  }

  private Tensor type() throws IOException {
    Tensor tensor = new Tensor(0, null);
    long end = proto.message();
    while (proto.next(end)) {
      if (proto.field() == TYPE_TENSOR) {
        tensor = tensorType();
      } else {
        proto.skip();
      }
    }
    return tensor;
  }

  private Tensor tensorType() throws IOException {
    int element = 0;
    long[] shape = null;
    long end = proto.message();
    while (proto.next(end)) {
      switch (proto.field()) {
        case TENSOR_TYPE_ELEMENT -> element = (int) proto.number();
        case TENSOR_TYPE_SHAPE -> shape = shape();
        default -> proto.skip();
      }
    }
    return new Tensor(element, shape);
  }

  private long[] shape() throws IOException {
    List<Long> dims = new ArrayList<>();
    long end = proto.message();
    while (proto.next(end)) {
      if (proto.field() == SHAPE_DIM) {
        dims.add(dim());
      } else {
        proto.skip();
      }
      if (dims.size() > MAX_COUNT) {
        throw new ProtoReader.DamagedException("it has too many dimensions");
      }
    }
    return dims.stream().mapToLong(Long::longValue).toArray();
  }

  private long dim() throws IOException {
    long size = OnnxSignature.ANY;
    long end = proto.message();
    while (proto.next(end)) {
      if (proto.field() == DIM_VALUE) {
        size = proto.number();
      } else {
        proto.skip();
      }
    }
    return size;
  }

  private void initializer() throws IOException {
    long end = proto.message();
    while (proto.next(end)) {
      switch (proto.field()) {
        case TENSOR_NAME -> initializers.add(proto.text(MAX_TEXT_BYTES));
        case TENSOR_EXTERNAL -> external();
        default -> proto.skip();
      }
    }
  }

  private void external() throws IOException {
    String key = "";
    String value = "";
    long end = proto.message();
    while (proto.next(end)) {
      switch (proto.field()) {
        case ENTRY_KEY -> key = proto.text(MAX_TEXT_BYTES);
        case ENTRY_VALUE -> value = proto.text(MAX_TEXT_BYTES);
        default -> proto.skip();
      }
    }
    if (key.equals("location")) {
      externalFiles.add(value);
    }
  }

  /** The wire format of Protocol Buffers, read once from front to back. */
  private static final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;
    private static final int TYPE_BITS = 3;
    private static final int VARINT_BITS = 7;

    private final InputStream in;
    private long position;
    private int field;
    private int type;

    ProtoReader(InputStream in) {
      this.in = in;
    }

    long end(long length) {
      return position + length;
    }

    int field() {
      return field;
    }

    /** Goes to the next field of the message that ends there; false at its end. */
    boolean next(long end) throws IOException {
      if (position == end) {
        return false;
      }
      if (position > end) {
        throw new DamagedException("its parts overlap");
      }
      long tag = varint();
      field = (int) (tag >>> TYPE_BITS);
      type = (int) (tag & (1 << TYPE_BITS) - 1);
      return true;
    }

    long number() throws IOException {
      expect(VARINT);
      return varint();
    }

    /** Where the message in this field ends. */
    long message() throws IOException {
      return end(length());
    }

    String text(int maxBytes) throws IOException {
      long length = length();
      if (length > maxBytes) {
        throw new DamagedException("a name is too long");
      }
      byte[] bytes = in.readNBytes((int) length);
      if (bytes.length < length) {
        throw new EOFException();
      }
      position += length;
      return new String(bytes, StandardCharsets.UTF_8);
    }

    void skip() throws IOException {
      switch (type) {
        case VARINT -> varint();
        case FIXED_64 -> skip(Long.BYTES);
        case LENGTH -> skip(length());
        case FIXED_32 -> skip(Integer.BYTES);
        default -> throw new DamagedException("it is not in the format of ONNX");
      }
    }

    private void skip(long bytes) throws IOException {
      in.skipNBytes(bytes);
      position += bytes;
    }

    private long length() throws IOException {
      expect(LENGTH);
      long length = varint();
      if (length < 0) {
        throw new DamagedException("it is not in the format of ONNX");
      }
      return length;
    }

    private void expect(int wanted) throws DamagedException {
      if (type != wanted) {
        throw new DamagedException("it is not in the format of ONNX");
      }
    }

    private long varint() throws IOException {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
        int b = in.read();
        if (b < 0) {
          throw new EOFException();
        }
        position++;
        value |= (long) (b & 0x7f) << shift;
        if (b < 0x80) {
          return value;
        }
      }
      throw new DamagedException("it is not in the format of ONNX");
    }

    /** The bytes are not what they should be. */
    static final class DamagedException extends IOException {
      private static final long serialVersionUID = 1L;

      DamagedException(String message) {
        super(message);
      }
    }
  }
}
