package org.touchstone.checkpoints.torch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.touchstone.checkpoints.pickle.PickleException;
import org.touchstone.checkpoints.pickle.Unpickler;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.checkpoints.tensor.CheckpointFile;
import org.touchstone.checkpoints.tensor.Storage;
import org.touchstone.checkpoints.tensor.StoredType;
import org.touchstone.checkpoints.torch.ZipDirectory.Entry;

/**
 * Zip checkpoints: {@code {name}/data.pkl} describes the objects, {@code {name}/data/{key}} are the
 * storages.
 */
public final class TorchZip {
  private static final String PICKLE = "/data.pkl";
  private static final int MAX_PICKLE_BYTES = 64 << 20;

  private TorchZip() {}

  /** Whether a file starts like such a checkpoint. */
  public static boolean matches(CheckpointFile file) {
    return file.size() >= 4 && file.map(0, 4).getInt(0) == ZipDirectory.LOCAL_SIGNATURE;
  }

  /**
   * Reads the saved object, with its tensors as views of the file.
   *
   * @throws CheckpointException when the file is broken, too large or asks to run code
   */
  public static Object read(CheckpointFile file) {
    Map<String, Entry> entries = ZipDirectory.read(file);
    List<Entry> pickles = entries.values().stream().filter(e -> e.name().endsWith(PICKLE)).toList();
    if (pickles.size() != 1) {
      throw new CheckpointException(
          Kind.NOT_A_CHECKPOINT, file.name() + ": a zip archive that is not a PyTorch checkpoint");
    }
    String name = pickles.getFirst().name();
    String folder = name.substring(0, name.length() - PICKLE.length());
    requireLittleEndian(file, entries.get(folder + "/byteorder"));
    if (pickles.getFirst().bytes() > MAX_PICKLE_BYTES) {
      throw new CheckpointException(Kind.TOO_LARGE, file.name() + ": its pickle is too large");
    }
    TorchHost host =
        new TorchHost(
            (dtype, key, elements) ->
                storage(file, entries.get(folder + "/data/" + key), dtype, elements));
    try {
      return Unpickler.read(bytes(file, pickles.getFirst()), host);
    } catch (PickleException e) {
      throw TorchErrors.of(file, e);
    }
  }

  private static Storage storage(CheckpointFile file, Entry entry, StoredType dtype, long elements)
      throws PickleException {
    if (entry == null) {
      throw PickleException.misuse("a storage is missing");
    }
    if (elements > entry.bytes() / dtype.bytes()) {
      throw PickleException.misuse("a storage is shorter than its pickle says");
    }
    return new Storage(file, dtype, elements, entry::offset);
  }

  private static void requireLittleEndian(CheckpointFile file, Entry byteOrder) {
    if (byteOrder == null) {
      return; // before 2.1 PyTorch did not record the order and wrote the machine's, little-endian
    }
    byte[] order = new byte[(int) Math.min(byteOrder.bytes(), 16)];
    bytes(file, byteOrder).get(order);
    if (!new String(order, StandardCharsets.US_ASCII).equals("little")) {
      throw TorchErrors.notLittleEndian(file);
    }
  }

  private static ByteBuffer bytes(CheckpointFile file, Entry entry) {
    return file.map(entry.offset(), entry.bytes());
  }
}
