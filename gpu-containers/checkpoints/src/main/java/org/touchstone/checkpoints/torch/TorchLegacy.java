package org.touchstone.checkpoints.torch;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.checkpoints.pickle.PickleException;
import org.touchstone.checkpoints.pickle.Unpickler;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointFile;
import org.touchstone.checkpoints.tensor.Storage;
import org.touchstone.checkpoints.tensor.StoredType;

/**
 * Checkpoints of PyTorch before 1.6: pickles of a magic number, the protocol's version, the
 * machine's properties, the object and the keys of its storages. Then come the storages, each
 * preceded by its number of elements.
 */
public final class TorchLegacy {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  /** Pickle protocol 2, then LONG1 of ten bytes, then the magic number's last byte. */
  private static final long BEGINNING = 0x6c0a8a0280L;

  private static final int MAX_PICKLE_BYTES = 64 << 20;

  private final CheckpointFile file;
  private final Map<String, Storage> storages = new HashMap<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private final TorchHost host = new TorchHost(this::storage);

  private TorchLegacy(CheckpointFile file) {
    this.file = file;
  }

  /** Whether a file starts like such a checkpoint. */
  public static boolean matches(CheckpointFile file) {
    return file.size() >= 8 && (file.map(0, 8).getLong(0) & 0xffffffffffL) == BEGINNING;
  }

  /**
   * Reads the saved object, with its tensors as views of the file.
   *
   * @throws CheckpointException when the file is broken, too large or asks to run code
   */
  public static Object read(CheckpointFile file) {
    try {
      return new TorchLegacy(file).read();
    } catch (PickleException e) {
      throw TorchErrors.of(file, e);
    }
  }

  private Object read() throws PickleException {
    ByteBuffer in = file.map(0, Math.min(file.size(), MAX_PICKLE_BYTES));
    Object magic = Unpickler.read(in, host);
    Object protocol = Unpickler.read(in, host);
    Object system = Unpickler.read(in, host);
    if (!MAGIC.equals(magic) || !Long.valueOf(PROTOCOL).equals(protocol)) {
      throw PickleException.misuse("it has an unknown protocol");
    }
    if (!(system instanceof Map<?, ?> properties)
        || !Boolean.TRUE.equals(properties.get("little_endian"))) {
      throw TorchErrors.notLittleEndian(file);
    }
    Object saved = Unpickler.read(in, host);
    if (!(Unpickler.read(in, host) instanceof List<?> keys)) {
      throw PickleException.misuse("it does not list its storages");
    }
    locate(keys, in.position());
    return saved;
  }

  private void locate(List<?> keys, long position) throws PickleException {
    long at = position;
    for (Object item : keys) {
      // Only a text is looked up: a list that holds itself could not be hashed.
      Storage storage = item instanceof String key ? storages.get(key) : null;
      if (storage == null || file.map(at, 8).getLong(0) != storage.elements()) {
        throw PickleException.misuse("its storages are not those that its pickle lists");
      }
      at += 8;
      if (offsets.put((String) item, at) != null) {
        throw PickleException.misuse("a storage comes twice");
      }
      at += storage.elements() * storage.dtype().bytes();
      if (at > file.size()) {
        throw file.malformed("ends too early");
      }
    }
    if (!offsets.keySet().containsAll(storages.keySet())) {
      throw PickleException.misuse("a storage is missing");
    }
  }

  private Storage storage(StoredType dtype, String key, long elements) throws PickleException {
    Storage storage =
        storages.computeIfAbsent(
            key, k -> new Storage(file, dtype, elements, () -> offsets.get(k)));
    if (storage.dtype() != dtype || storage.elements() != elements) {
      throw PickleException.misuse("it contradicts itself about a storage");
    }
    return storage;
  }
}
