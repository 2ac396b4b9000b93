package org.touchstone.checkpoints.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.checkpoints.pickle.PickleException;
import org.touchstone.checkpoints.pickle.PickleHost;
import org.touchstone.checkpoints.pickle.Tuple;
import org.touchstone.checkpoints.tensor.Storage;
import org.touchstone.checkpoints.tensor.StoredType;
import org.touchstone.checkpoints.tensor.Tensor;

/**
 * The names that a checkpoint's pickle may use: those that rebuild tensors, and ordered
 * dictionaries.
 */
final class TorchHost implements PickleHost {
  private final Map<String, Object> globals = new HashMap<>();
  private final StorageSource storages;

  TorchHost(StorageSource storages) {
    this.storages = storages;
    globals.put("collections.OrderedDict", (Callable) TorchHost::orderedDict);
    globals.put("torch.Size", (Callable) arguments -> new Tuple(sequence(arguments, 0)));
    globals.put("torch._utils._rebuild_tensor", (Callable) TorchHost::rebuildTensor);
    globals.put("torch._utils._rebuild_tensor_v2", (Callable) TorchHost::rebuildTensor);
    globals.put(
        "torch._utils._rebuild_parameter",
        (Callable) arguments -> argument(arguments, 0, Tensor.class));
    for (StoredType dtype : StoredType.values()) {
      globals.put("torch." + dtype.torchStorage(), dtype);
    }
  }

  /** Finds a storage by the type, key and number of elements that the pickle gives. */
  @FunctionalInterface
  interface StorageSource {
    Storage find(StoredType dtype, String key, long elements) throws PickleException;
  }

  @Override
  public Object global(String module, String name) throws PickleException {
    Object global = globals.get(module + "." + name);
    if (global == null) {
      throw PickleException.forbidden(
          "it asks for " + module + "." + name + ", which does not rebuild a tensor");
    }
    return global;
  }

  /** Resolves a storage id, {@code ("storage", type, key, device, elements[, view])}. */
  @Override
  public Object persistent(Object id) throws PickleException {
    if (!(id instanceof Tuple tuple)
        || tuple.items().size() < 5
        || !"storage".equals(tuple.items().getFirst())) {
      throw PickleException.misuse("it refers to something that is not a storage");
    }
    List<Object> items = tuple.items();
    Storage storage =
        storages.find(
            argument(items, 1, StoredType.class), argument(items, 2, String.class), size(items, 4));
    if (items.size() > 5 && items.get(5) != null) {
      return view(storage, argument(items, 5, Tuple.class).items());
    }
    return storage;
  }

  /**
   * A storage that is part of another, {@code (key, first element, elements)}; only in files
   * written before PyTorch 1.6.
   */
  private static Storage view(Storage whole, List<Object> view) throws PickleException {
    long from = size(view, 1);
    long elements = size(view, 2);
    if (from > whole.elements() - elements) {
      throw PickleException.misuse("a view reaches beyond its storage");
    }
    return new Storage(
        whole.file(),
        whole.dtype(),
        elements,
        () -> whole.offset().getAsLong() + from * whole.dtype().bytes());
  }

  /**
   * Rebuilds a tensor from the arguments storage, first element, shape and strides; further
   * arguments matter only for training.
   */
  private static Tensor rebuildTensor(List<Object> arguments) throws PickleException {
    return new Tensor(
        argument(arguments, 0, Storage.class),
        size(arguments, 1),
        sizes(sequence(arguments, 2)),
        sizes(sequence(arguments, 3)));
  }

  private static Map<Object, Object> orderedDict(List<Object> arguments) throws PickleException {
    Map<Object, Object> map = new LinkedHashMap<>();
    if (!arguments.isEmpty()) {
      for (Object pair : sequence(arguments, 0)) {
        List<Object> items = pair instanceof Tuple tuple ? tuple.items() : null;
        if (pair instanceof List<?> list) {
          items = new ArrayList<>(list);
        }
        if (items == null || items.size() != 2 || !(items.getFirst() instanceof String key)) {
          throw PickleException.misuse(
              "an ordered dictionary is made of something other than pairs");
        }
        map.put(key, items.get(1));
      }
    }
    return map;
  }

  private static <T> T argument(List<Object> arguments, int index, Class<T> type)
      throws PickleException {
    if (index < arguments.size() && type.isInstance(arguments.get(index))) {
      return type.cast(arguments.get(index));
    }
    throw PickleException.misuse("a tensor is rebuilt from something unexpected");
  }

  private static long size(List<Object> arguments, int index) throws PickleException {
    long size = argument(arguments, index, Long.class);
    if (size < 0) {
      throw PickleException.misuse("a size or offset is negative");
    }
    return size;
  }

  private static List<Object> sequence(List<Object> arguments, int index) throws PickleException {
    Object value = index < arguments.size() ? arguments.get(index) : null;
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    return argument(arguments, index, Tuple.class).items();
  }

  private static long[] sizes(List<Object> items) throws PickleException {
    long[] sizes = new long[items.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = size(items, i);
    }
    return sizes;
  }
}
