package org.touchstone.checkpoints.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.checkpoints.tensor.CheckpointFile;
import org.touchstone.checkpoints.tensor.Tensor;
import org.touchstone.checkpoints.torch.TorchLegacy;
import org.touchstone.checkpoints.torch.TorchZip;
import org.touchstone.domain.Json;

/**
 * Named tensors from one or more checkpoint files: PyTorch's, safetensors, and the index files of
 * checkpoints in several shards. The format is recognised by content. Tensors can be read until the
 * checkpoint is closed.
 */
public final class Checkpoint implements Closeable {
  private static final int MAX_INDEX_BYTES = 16 << 20;
  private static final int MAX_SHARDS = 1000;
  private static final List<String> WRAPPERS = List.of("state_dict", "model", "model_state_dict");
  private static final String PARALLEL_PREFIX = "module.";

  private final List<CheckpointFile> files = new ArrayList<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private Checkpoint() {}

  /**
   * Opens checkpoint files whose tensors together belong to one model.
   *
   * @throws CheckpointException when a file cannot be used or two of them have a tensor in common
   */
  public static Checkpoint open(List<Path> paths) {
    Checkpoint checkpoint = new Checkpoint();
    try {
      for (Path path : paths) {
        checkpoint.add(path);
      }
      return checkpoint;
    } catch (RuntimeException e) {
      checkpoint.close();
      throw e;
    }
  }

  /** The tensors by name, in the order of the files. */
  public Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public void close() {
    files.forEach(CheckpointFile::close);
  }

  private void add(Path path) {
    CheckpointFile file = opened(path);
    if (!file.name().endsWith(".json")) {
      addAll(file, read(file));
      return;
    }
    Map<String, Set<String>> shards = shards(file);
    for (Map.Entry<String, Set<String>> shard : shards.entrySet()) {
      CheckpointFile part = opened(path.resolveSibling(shard.getKey()));
      Map<String, Tensor> all = read(part);
      if (!all.keySet().equals(shard.getValue())) {
        throw part.malformed("its tensors are not those that " + file.name() + " lists");
      }
      addAll(part, all);
    }
  }

  private CheckpointFile opened(Path path) {
    CheckpointFile file = CheckpointFile.open(path);
    files.add(file);
    return file;
  }

  private static Map<String, Tensor> read(CheckpointFile file) {
    if (TorchZip.matches(file)) {
      return stateDict(file, TorchZip.read(file));
    }
    if (TorchLegacy.matches(file)) {
      return stateDict(file, TorchLegacy.read(file));
    }
    if (Safetensors.matches(file)) {
      return Safetensors.read(file);
    }
    throw new CheckpointException(
        Kind.NOT_A_CHECKPOINT, file.name() + ": neither a PyTorch checkpoint nor safetensors");
  }

  private void addAll(CheckpointFile file, Map<String, Tensor> found) {
    found.forEach(
        (name, tensor) -> {
          String plain =
              name.startsWith(PARALLEL_PREFIX) ? name.substring(PARALLEL_PREFIX.length()) : name;
          if (tensors.put(plain, tensor) != null) {
            throw new CheckpointException(
                Kind.MISMATCH, file.name() + ": " + Names.shown(plain) + " comes twice");
          }
        });
  }

  private static Map<String, Tensor> stateDict(CheckpointFile file, Object saved) {
    Object inner = saved;
    for (String wrapper : WRAPPERS) {
      if (inner instanceof Map<?, ?> map && map.get(wrapper) instanceof Map<?, ?> wrapped) {
        inner = wrapped;
      }
    }
    if (!(inner instanceof Map<?, ?> map)) {
      throw new CheckpointException(
          Kind.UNSUPPORTED, file.name() + ": it does not hold a dictionary of tensors");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name) || !(value instanceof Tensor tensor)) {
            throw new CheckpointException(
                Kind.UNSUPPORTED,
                file.name()
                    + ": its entry "
                    + Names.shown(String.valueOf(key))
                    + " is not a tensor");
          }
          tensors.put(name, tensor);
        });
    return tensors;
  }

  /** The tensors of each shard that an index names. */
  private static Map<String, Set<String>> shards(CheckpointFile index) {
    if (index.size() > MAX_INDEX_BYTES) {
      throw new CheckpointException(Kind.TOO_LARGE, index.name() + ": too large for an index");
    }
    byte[] json = new byte[(int) index.size()];
    index.map(0, json.length).get(json);
    JsonNode map;
    try {
      map = Json.mapper().readTree(json).path("weight_map");
    } catch (IOException e) {
      throw new CheckpointException(Kind.MALFORMED, index.name() + ": not JSON", e);
    }
    Map<String, Set<String>> shards = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      String shard = entry.getValue().asText();
      if (!shard.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}") || shard.endsWith(".json")) {
        throw index.malformed("the name of a shard is not a plain file name");
      }
      shards.computeIfAbsent(shard, s -> new TreeSet<>()).add(entry.getKey());
    }
    if (shards.isEmpty() || shards.size() > MAX_SHARDS) {
      throw index.malformed("it is not an index of shards");
    }
    return shards;
  }
}
