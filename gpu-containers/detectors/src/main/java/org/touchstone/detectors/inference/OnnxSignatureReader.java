package org.touchstone.detectors.inference;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.touchstone.detectors.inference.OnnxMessages.DamagedException;
import org.touchstone.detectors.inference.OnnxSignature.Declared;
import org.touchstone.models.ModelException;

/**
 * Reads a {@link OnnxSignature} from an ONNX file, which is a message of Protocol Buffers, without
 * keeping its weights. Field numbers are those of {@code onnx.proto}. So a manifest can be checked
 * before native code sees the file, and without running the model.
 */
final class OnnxSignatureReader {
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_OPSETS = 8;
  private static final int MODEL_TRAINING = 20;
  private static final int MODEL_FUNCTIONS = 25;
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

  /** More inputs, outputs or dimensions than any model has. */
  private static final int MAX_COUNT = 4096;

  private final OnnxMessages in;
  private final ExternalWeights external;
  private final Map<String, Declared> inputs = new HashMap<>();
  private final Map<String, Declared> outputs = new HashMap<>();
  private final Set<String> initializers = new HashSet<>();
  private long opset;
  private boolean hasGraph;

  private OnnxSignatureReader(InputStream in) {
    this.in = new OnnxMessages(in);
    this.external = new ExternalWeights(this.in);
  }

  /**
   * @throws ModelException naming the file, when it cannot be read or is not an ONNX model
   */
  static OnnxSignature read(Path file) {
    String name = file.getFileName().toString();
    try (InputStream in = Files.newInputStream(file)) {
      OnnxSignatureReader reader = new OnnxSignatureReader(in);
      reader.model(Files.size(file));
      if (!reader.hasGraph) {
        throw new DamagedException("it has no graph");
      }
      // Old models list their weights among their inputs.
      reader.inputs.keySet().removeAll(reader.initializers);
      return new OnnxSignature(
          reader.opset,
          reader.inputs,
          reader.outputs,
          reader.external.files(),
          reader.external.quantised());
    } catch (DamagedException e) {
      throw new ModelException(name + " is not an ONNX model: " + e.getMessage(), e);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(
          name + " is not an ONNX model: it is cut off or not in the format of ONNX", e);
    } catch (IOException e) {
      throw new ModelException(name + " is missing or cannot be read", e);
    }
  }

  private void model(long length) throws IOException {
    if (length > Integer.MAX_VALUE) {
      throw new DamagedException("it is larger than the 2 GiB that the format allows");
    }
    in.fields(
        (int) length,
        (number, tag) -> {
          switch (number) {
            case MODEL_GRAPH -> in.message(tag, this::graph);
            case MODEL_OPSETS -> opset(tag);
            case MODEL_TRAINING -> external.training(tag);
            case MODEL_FUNCTIONS -> external.function(tag);
            default -> {
              return false;
            }
          }
          return true;
        });
  }

  private void opset(int tag) throws IOException {
    String[] domain = {""};
    long[] version = {0};
    in.message(
        tag,
        (number, inner) -> {
          switch (number) {
            case OPSET_DOMAIN -> domain[0] = in.text(inner);
            case OPSET_VERSION -> version[0] = in.number(inner);
            default -> {
              return false;
            }
          }
          return true;
        });
    if (domain[0].isEmpty() || domain[0].equals("ai.onnx")) {
      opset = version[0];
    }
  }

  private boolean graph(int number, int tag) throws IOException {
    hasGraph = true;
    switch (number) {
      case GRAPH_INPUT -> value(tag, inputs);
      case GRAPH_OUTPUT -> value(tag, outputs);
      case GRAPH_INITIALIZER -> in.message(tag, this::initializer);
      default -> {
        return external.part(number, tag);
      }
    }
    return true;
  }

  private void value(int tag, Map<String, Declared> values) throws IOException {
    String[] name = {""};
    Declared[] tensor = {new Declared(0, null)};
    in.message(
        tag,
        (number, inner) -> {
          switch (number) {
            case VALUE_NAME -> name[0] = in.text(inner);
            case VALUE_TYPE -> tensor[0] = type(inner);
            default -> {
              return false;
            }
          }
          return true;
        });
    values.put(name[0], tensor[0]);
    if (values.size() > MAX_COUNT) {
      throw new DamagedException("it has too many inputs or outputs");
    }
  }

  private Declared type(int tag) throws IOException {
    Declared[] tensor = {new Declared(0, null)};
    in.message(
        tag,
        (number, inner) -> {
          if (number != TYPE_TENSOR) {
            return false;
          }
          tensor[0] = tensorType(inner);
          return true;
        });
    return tensor[0];
  }

  private Declared tensorType(int tag) throws IOException {
    int[] element = {0};
    long[][] shape = {null};
    in.message(
        tag,
        (number, inner) -> {
          switch (number) {
            case TENSOR_TYPE_ELEMENT -> element[0] = (int) in.number(inner);
            case TENSOR_TYPE_SHAPE -> shape[0] = shape(inner);
            default -> {
              return false;
            }
          }
          return true;
        });
    return new Declared(element[0], shape[0]);
  }

  private long[] shape(int tag) throws IOException {
    List<Long> dims = new ArrayList<>();
    in.message(
        tag,
        (number, inner) -> {
          if (number != SHAPE_DIM) {
            return false;
          }
          dims.add(dim(inner));
          if (dims.size() > MAX_COUNT) {
            throw new DamagedException("it has too many dimensions");
          }
          return true;
        });
    return dims.stream().mapToLong(Long::longValue).toArray();
  }

  private long dim(int tag) throws IOException {
    long[] size = {OnnxSignature.ANY};
    in.message(
        tag,
        (number, inner) -> {
          if (number != DIM_VALUE) {
            return false;
          }
          size[0] = in.number(inner);
          return true;
        });
    return size[0];
  }

  private boolean initializer(int number, int tag) throws IOException {
    if (number == TENSOR_NAME) {
      initializers.add(in.text(tag));
      return true;
    }
    return external.tensor(number, tag);
  }
}
