package org.touchstone.formats.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.FormatException;

/**
 * A directory, which describes one picture.
 *
 * @param fields by tag
 * @param next position of the next directory in the chain; 0 at the end
 */
record Directory(ByteSource in, ByteOrder order, Map<Integer, Field> fields, long next) {
  /** More than any picture has; a crafted file could have 65,535. */
  private static final int MAX_ENTRIES = 4096;

  /** More than strips of one row for each of four planes of 65,536 rows. */
  static final int MAX_NUMBERS = 1 << 20;

  /** Printers' profiles have up to a few megabytes. */
  private static final int MAX_BYTES = 8 << 20;

  private static final int TAG_AND_TYPE = 4;

  /** Reads the directory at a position. */
  static Directory read(ByteSource in, ByteOrder order, boolean big, long at) throws IOException {
    int word = big ? Long.BYTES : Integer.BYTES;
    int countBytes = big ? Long.BYTES : Short.BYTES;
    ByteBuffer head = ByteBuffer.wrap(in.read(at, countBytes)).order(order);
    long count = big ? head.getLong() : Short.toUnsignedInt(head.getShort());
    if (count < 1 || count > MAX_ENTRIES) {
      throw new FormatException("no directory");
    }
    int entryBytes = TAG_AND_TYPE + 2 * word;
    long first = at + countBytes;
    ByteBuffer entries = ByteBuffer.wrap(in.read(first, count * entryBytes)).order(order);
    Map<Integer, Field> fields = new HashMap<>();
    for (int entry = 0; entry < entries.limit(); entry += entryBytes) {
      int type = Short.toUnsignedInt(entries.getShort(entry + 2));
      long values = word(entries, entry + TAG_AND_TYPE, big);
      int value = entry + TAG_AND_TYPE + word;
      int each = Field.bytesOf(type);
      if (each > 0 && values > 0 && values <= in.size()) {
        boolean inside = values * each <= word;
        fields.putIfAbsent(
            Short.toUnsignedInt(entries.getShort(entry)),
            new Field(type, values, inside ? first + value : word(entries, value, big)));
      }
    }
    long end = first + entries.limit();
    boolean linked = end <= in.size() - word;
    ByteBuffer link = ByteBuffer.wrap(linked ? in.read(end, word) : new byte[word]).order(order);
    return new Directory(in, order, fields, word(link, 0, big));
  }

  static long word(ByteBuffer in, int at, boolean big) {
    return big ? in.getLong(at) : Integer.toUnsignedLong(in.getInt(at));
  }

  boolean has(int tag) {
    return fields.containsKey(tag);
  }

  /** The first value of a field of whole numbers, or a default where there is none. */
  long number(int tag, long absent) throws IOException {
    long[] numbers = numbers(tag);
    return numbers.length == 0 ? absent : numbers[0];
  }

  /**
   * The values of a field of whole numbers; empty where there is none.
   *
   * @throws FormatException when it has more than a picture can need
   */
  long[] numbers(int tag) throws IOException {
    Field field = fields.get(tag);
    if (field == null || !field.isWhole()) {
      return new long[0];
    }
    if (field.count() > MAX_NUMBERS) {
      throw new FormatException("a field is too long");
    }
    ByteBuffer values = ByteBuffer.wrap(bytes(field)).order(order);
    long[] numbers = new long[(int) field.count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (Field.bytesOf(field.type())) {
            case Byte.BYTES -> values.get() & 0xff;
            case Short.BYTES -> Short.toUnsignedLong(values.getShort());
            case Integer.BYTES -> Integer.toUnsignedLong(values.getInt());
            default -> values.getLong();
          };
    }
    return numbers;
  }

  /**
   * The values of a field of offsets, which have at least 16 bits; empty where there is none.
   *
   * @throws FormatException when they are of another type, or more than a picture can need
   */
  long[] offsets(int tag) throws IOException {
    Field field = fields.get(tag);
    if (field != null && !field.isOffsets()) {
      throw new FormatException("offsets of a type that has none");
    }
    return numbers(tag);
  }

  /** The bytes of a field's values. */
  byte[] bytes(Field field) throws IOException {
    long length = field.count() * Field.bytesOf(field.type());
    if (length > MAX_BYTES) {
      throw new FormatException("a field is too long");
    }
    return in.read(field.position(), length);
  }
}
