package org.touchstone.checkpoints.torch;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.checkpoints.tensor.CheckpointFile;

/**
 * The positions of the entries of a zip archive. {@code torch.save} stores them uncompressed so
 * that they can be mapped; an archive that compresses, encrypts or overlaps them is rejected, so an
 * entry cannot be larger than the file.
 */
final class ZipDirectory {
  static final int LOCAL_SIGNATURE = 0x04034b50;

  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int LOCATOR64_SIGNATURE = 0x07064b50;
  private static final int END_BYTES = 22;
  private static final int LOCATOR64_BYTES = 20;
  private static final int LOCAL_BYTES = 30;
  private static final int MAX_COMMENT = 0xffff;
  private static final int MAX_DIRECTORY_BYTES = 16 << 20;
  private static final int ZIP64_EXTRA = 1;
  private static final long IN_ZIP64 = 0xffffffffL;
  private static final int ENCRYPTED = 1;

  private final CheckpointFile file;

  private ZipDirectory(CheckpointFile file) {
    this.file = file;
  }

  /**
   * An entry's bytes.
   *
   * @param offset position of its first byte in the file
   */
  record Entry(String name, long offset, long bytes) {}

  /**
   * Reads the central directory.
   *
   * @throws CheckpointException when it is broken or uses features that PyTorch never writes
   */
  static Map<String, Entry> read(CheckpointFile file) {
    ZipDirectory directory = new ZipDirectory(file);
    try {
      return directory.entries();
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw directory.broken();
    }
  }

  private Map<String, Entry> entries() {
    ByteBuffer directory = directory();
    List<Entry> entries = new ArrayList<>();
    while (directory.remaining() >= 4
        && directory.getInt(directory.position()) == ENTRY_SIGNATURE) {
      entries.add(entry(directory));
    }
    entries.sort(Comparator.comparingLong(Entry::offset));
    Map<String, Entry> byName = new HashMap<>();
    long end = 0;
    for (Entry entry : entries) {
      if (entry.offset() < end || byName.put(entry.name(), entry) != null) {
        throw file.malformed("its zip entries overlap or repeat");
      }
      end = entry.offset() + entry.bytes();
    }
    return byName;
  }

  private ByteBuffer directory() {
    long tailBytes = Math.min(file.size(), END_BYTES + MAX_COMMENT + LOCATOR64_BYTES);
    ByteBuffer tail = file.map(file.size() - tailBytes, tailBytes);
    int end = tail.limit() - END_BYTES;
    while (end >= 0 && tail.getInt(end) != END_SIGNATURE) {
      end--;
    }
    if (end < 0) {
      throw file.malformed("its zip archive ends too early");
    }
    long bytes = tail.getInt(end + 12) & IN_ZIP64;
    long offset = tail.getInt(end + 16) & IN_ZIP64;
    if (end >= LOCATOR64_BYTES && tail.getInt(end - LOCATOR64_BYTES) == LOCATOR64_SIGNATURE) {
      ByteBuffer end64 = file.map(tail.getLong(end - LOCATOR64_BYTES + 8), 56);
      if (end64.getInt(0) != END64_SIGNATURE) {
        throw broken();
      }
      bytes = end64.getLong(40);
      offset = end64.getLong(48);
    }
    if (bytes > MAX_DIRECTORY_BYTES) {
      throw new CheckpointException(Kind.TOO_LARGE, file.name() + ": too many zip entries");
    }
    return file.map(offset, bytes);
  }

  private Entry entry(ByteBuffer in) {
    int start = in.position();
    int flags = in.getShort(start + 8);
    int method = in.getShort(start + 10);
    long stored = in.getInt(start + 20) & IN_ZIP64;
    long bytes = in.getInt(start + 24) & IN_ZIP64;
    int nameBytes = in.getShort(start + 28) & 0xffff;
    int extraBytes = in.getShort(start + 30) & 0xffff;
    int commentBytes = in.getShort(start + 32) & 0xffff;
    long header = in.getInt(start + 42) & IN_ZIP64;
    in.position(start + 46);
    byte[] name = new byte[nameBytes];
    in.get(name);
    ByteBuffer extra = in.slice(in.position(), extraBytes).order(in.order());
    skip(in, extraBytes + commentBytes);

    if (bytes == IN_ZIP64 || stored == IN_ZIP64 || header == IN_ZIP64) {
      ByteBuffer wide = zip64(extra);
      bytes = bytes == IN_ZIP64 ? wide.getLong() : bytes;
      stored = stored == IN_ZIP64 ? wide.getLong() : stored;
      header = header == IN_ZIP64 ? wide.getLong() : header;
    }
    if (method != 0 || (flags & ENCRYPTED) != 0 || stored != bytes) {
      throw new CheckpointException(
          Kind.UNSUPPORTED, file.name() + ": its zip entries are compressed or encrypted");
    }
    return located(new String(name, StandardCharsets.UTF_8), header, bytes);
  }

  private Entry located(String name, long header, long bytes) {
    ByteBuffer local = file.map(header, LOCAL_BYTES);
    if (local.getInt(0) != LOCAL_SIGNATURE) {
      throw broken();
    }
    long offset =
        header + LOCAL_BYTES + (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
    if (bytes < 0 || offset > file.size() - bytes) {
      throw file.malformed("ends too early");
    }
    return new Entry(name, offset, bytes);
  }

  private ByteBuffer zip64(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = extra.getShort();
      int length = extra.getShort() & 0xffff;
      if (id == ZIP64_EXTRA) {
        return extra.slice(extra.position(), length).order(extra.order());
      }
      skip(extra, length);
    }
    throw broken();
  }

  private void skip(ByteBuffer in, int bytes) {
    if (bytes > in.remaining()) {
      throw broken();
    }
    in.position(in.position() + bytes);
  }

  private CheckpointException broken() {
    return file.malformed("its zip archive is broken");
  }
}
