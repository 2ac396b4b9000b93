package org.touchstone.c2pa.asset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.c2pa.jumbf.JumbfException;

/**
 * A TIFF or DNG file, also a BigTIFF. Its manifest store is the value of tag 0xCD41 of the last
 * directory, or of the first in files of older writers.
 */
final class TiffFile implements Container {
  private static final int TAG = 0xCD41;
  private static final int UNDEFINED = 7;
  private static final int LITTLE_ENDIAN = 0x4949;
  private static final int BIG_ENDIAN = 0x4D4D;
  private static final int CLASSIC = 42;
  private static final int BIG = 43;
  private static final int MAX_DIRECTORIES = 2_000;
  private static final int MAX_ENTRIES = 10_000;

  private final AssetFile file;
  private final ByteOrder order;
  private final boolean isBig;

  TiffFile(AssetFile file) throws IOException {
    this.file = file;
    this.order =
        file.unsignedShort(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    this.isBig = number(Short.BYTES, Short.BYTES) == BIG;
  }

  static boolean isTiff(AssetFile file) throws IOException {
    int mark = file.unsignedShort(0);
    int version = file.unsignedShort(Short.BYTES);
    return mark == BIG_ENDIAN && (version == CLASSIC || version == BIG)
        || mark == LITTLE_ENDIAN && (version == CLASSIC << 8 || version == BIG << 8);
  }

  /**
   * The store as a directory names it.
   *
   * @param next position of the next directory; 0 after the last
   */
  private record Directory(Span store, long next) {}

  @Override
  public Optional<Store> store() throws IOException {
    long at = isBig ? number(Long.BYTES, Long.BYTES) : number(Integer.BYTES, Integer.BYTES);
    Set<Long> met = new HashSet<>();
    Span first = null;
    Span last = null;
    while (at != 0) {
      if (met.size() == MAX_DIRECTORIES) {
        throw JumbfException.overLimit("there are more than " + MAX_DIRECTORIES + " directories");
      }
      if (!met.add(at)) {
        throw JumbfException.malformed("the directories form a circle");
      }
      Directory directory = directory(at);
      last = directory.store;
      if (met.size() == 1) {
        first = last;
      }
      at = directory.next;
    }
    Span span = last == null ? first : last;
    return span == null
        ? Optional.empty()
        : Optional.of(new Store(file.read(span.start(), (int) span.length()), span));
  }

  private Directory directory(long at) throws IOException {
    int countBytes = isBig ? Long.BYTES : Short.BYTES;
    int offsetBytes = isBig ? Long.BYTES : Integer.BYTES;
    int entry = 2 * Short.BYTES + 2 * offsetBytes;
    long count = number(at, countBytes);
    if (count < 0 || count > MAX_ENTRIES) {
      throw JumbfException.overLimit("a directory has more than " + MAX_ENTRIES + " entries");
    }
    Span store = null;
    long from = at + countBytes;
    for (int i = 0; i < count; i++, from += entry) {
      if (number(from, Short.BYTES) == TAG) {
        store = value(from, offsetBytes);
      }
    }
    return new Directory(store, number(from, offsetBytes));
  }

  private Span value(long entry, int offsetBytes) throws IOException {
    long length = number(entry + 2 * Short.BYTES, offsetBytes);
    long start = number(entry + 2 * Short.BYTES + offsetBytes, offsetBytes);
    boolean isOutside = start < 0 || length <= offsetBytes || start > file.size() - length;
    if (number(entry + Short.BYTES, Short.BYTES) != UNDEFINED || isOutside) {
      throw JumbfException.malformed("the manifest store does not lie in the file");
    }
    if (length > MAX_STORE_BYTES) {
      throw JumbfException.overLimit("the manifest store is too large");
    }
    return new Span(start, length);
  }

  /** A number in the file's byte order; those of 64 bits may come out negative. */
  private long number(long at, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(file.read(at, bytes)).order(order);
    return switch (bytes) {
      case Short.BYTES -> Short.toUnsignedLong(buffer.getShort());
      case Integer.BYTES -> Integer.toUnsignedLong(buffer.getInt());
      default -> buffer.getLong();
    };
  }

  @Override
  public List<Part> parts() {
    throw new UnsupportedOperationException("TIFF files have data hashes");
  }
}
