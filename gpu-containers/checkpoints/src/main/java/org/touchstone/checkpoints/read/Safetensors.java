package org.touchstone.checkpoints.read;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.checkpoints.tensor.CheckpointFile;
import org.touchstone.checkpoints.tensor.Storage;
import org.touchstone.checkpoints.tensor.StoredType;
import org.touchstone.checkpoints.tensor.Tensor;
import org.touchstone.domain.Json;

/**
 * Safetensors: the header's length, a JSON header that names types, shapes and byte ranges, and the
 * bytes. The format demands that the ranges fill the file without gaps or overlaps.
 */
final class Safetensors {
  private static final int LENGTH_BYTES = 8;
  private static final int MAX_HEADER_BYTES = 16 << 20;
  private static final ObjectReader STRICT =
      Json.mapper().reader().with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private final CheckpointFile file;
  private final long dataStart;

  private Safetensors(CheckpointFile file, long dataStart) {
    this.file = file;
    this.dataStart = dataStart;
  }

  static boolean matches(CheckpointFile file) {
    if (file.size() <= LENGTH_BYTES) {
      return false;
    }
    ByteBuffer head = file.map(0, LENGTH_BYTES + 1);
    return head.get(LENGTH_BYTES) == '{' && head.getLong(0) > 0;
  }

  static Map<String, Tensor> read(CheckpointFile file) {
    long headerBytes = file.map(0, LENGTH_BYTES).getLong(0);
    if (headerBytes > MAX_HEADER_BYTES) {
      throw new CheckpointException(Kind.TOO_LARGE, file.name() + ": its header is too large");
    }
    byte[] header = new byte[(int) headerBytes];
    file.map(LENGTH_BYTES, headerBytes).get(header);
    try {
      JsonNode root = STRICT.readTree(header);
      return new Safetensors(file, LENGTH_BYTES + headerBytes).tensors(root);
    } catch (IOException e) {
      throw new CheckpointException(
          Kind.MALFORMED, file.name() + ": its header is not JSON or names a tensor twice", e);
    }
  }

  private Map<String, Tensor> tensors(JsonNode root) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<Range> ranges = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), ranges));
      }
    }
    ranges.sort(Comparator.comparingLong(Range::from).thenComparingLong(Range::to));
    long end = 0;
    for (Range range : ranges) {
      if (range.from() != end) {
        throw file.malformed("its tensors overlap or leave gaps");
      }
      end = range.to();
    }
    if (end != file.size() - dataStart) {
      throw file.malformed("its tensors do not end where it ends");
    }
    return tensors;
  }

  private Tensor tensor(String name, JsonNode node, List<Range> ranges) {
    long[] shape = longs(name, node.path("shape"));
    long[] offsets = longs(name, node.path("data_offsets"));
    StoredType dtype = dtype(name, node.path("dtype").asText());
    if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > file.size() - dataStart) {
      throw malformed(name);
    }
    ranges.add(new Range(offsets[0], offsets[1]));
    long bytes = offsets[1] - offsets[0];
    Storage storage = new Storage(file, dtype, bytes / dtype.bytes(), () -> dataStart + offsets[0]);
    Tensor tensor = Tensor.contiguous(storage, shape);
    if (tensor.elements() * dtype.bytes() != bytes) {
      throw malformed(name);
    }
    return tensor;
  }

  private StoredType dtype(String name, String code) {
    Optional<StoredType> dtype =
        Stream.of(StoredType.values()).filter(d -> d.safetensors().equals(code)).findFirst();
    return dtype.orElseThrow(
        () ->
            new CheckpointException(
                Kind.UNSUPPORTED,
                file.name() + ": the type of " + Names.shown(name) + " is unknown"));
  }

  private long[] longs(String name, JsonNode node) {
    if (!node.isArray()) {
      throw malformed(name);
    }
    long[] values = new long[node.size()];
    for (int i = 0; i < values.length; i++) {
      if (!node.get(i).isIntegralNumber()
          || !node.get(i).canConvertToLong()
          || node.get(i).longValue() < 0) {
        throw malformed(name);
      }
      values[i] = node.get(i).longValue();
    }
    return values;
  }

  private CheckpointException malformed(String name) {
    return file.malformed("the shape or place of " + Names.shown(name) + " is impossible");
  }

  /** A range of the data in bytes; the end is exclusive. */
  private record Range(long from, long to) {}
}
