package org.touchstone.formats.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.touchstone.formats.FormatException;

/**
 * A TIFF file with one picture of another file, for libraries that would otherwise follow all of
 * that file's pointers. It is the other file with another start and with a directory behind its
 * end. The directory has only what decoding needs, and offsets of 32 bits.
 *
 * @param start bytes that replace the file's first ones
 * @param end bytes that follow the file
 * @param gap zeros between the file and {@code end}
 */
public record TiffExtract(byte[] start, int gap, byte[] end) {
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 12;
  private static final short CLASSIC = 42;
  private static final long MAX_OFFSET = 0xffffffffL;

  static TiffExtract of(Directory directory) throws IOException {
    ByteOrder order = directory.order();
    long fileSize = directory.in().size();
    int gap = (int) (fileSize & 1);
    Map<Integer, Field> fields = new TreeMap<>(directory.fields());
    // Only printers' colours cannot be shown without their profile.
    boolean printed = directory.number(Tags.PHOTOMETRIC, 0) == Tags.CMYK;
    fields
        .keySet()
        .removeIf(tag -> !Tags.OF_PICTURE.contains(tag) && !(printed && tag == Tags.PROFILE));
    Map<Integer, byte[]> values = new TreeMap<>();
    int room = 0;
    for (Map.Entry<Integer, Field> field : fields.entrySet()) {
      byte[] bytes = value(directory, field.getKey(), field.getValue());
      values.put(field.getKey(), bytes);
      room += bytes.length <= Integer.BYTES ? 0 : bytes.length + (bytes.length & 1);
    }
    int table = Short.BYTES + values.size() * ENTRY_BYTES + Integer.BYTES;
    long at = fileSize + gap;
    if (at + table + room > MAX_OFFSET) {
      throw new FormatException("too long");
    }
    ByteBuffer end = ByteBuffer.allocate(table + room).order(order);
    end.putShort((short) values.size());
    int free = table;
    for (Map.Entry<Integer, byte[]> entry : values.entrySet()) {
      Field field = fields.get(entry.getKey());
      byte[] bytes = entry.getValue();
      end.putShort(entry.getKey().shortValue());
      end.putShort((short) (field.isLong8() ? Field.LONG : field.type()));
      end.putInt((int) field.count());
      if (bytes.length <= Integer.BYTES) {
        end.put(bytes).position(end.position() + Integer.BYTES - bytes.length);
      } else {
        end.putInt((int) (at + free));
        end.put(free, bytes);
        free += bytes.length + (bytes.length & 1);
      }
    }
    ByteBuffer start = ByteBuffer.allocate(HEADER_BYTES).order(order);
    short mark = (short) (order == ByteOrder.BIG_ENDIAN ? 'M' << 8 | 'M' : 'I' << 8 | 'I');
    start.putShort(mark).putShort(CLASSIC).putInt((int) at);
    return new TiffExtract(start.array(), gap, end.array());
  }

  private static byte[] value(Directory directory, int tag, Field field) throws IOException {
    if (!field.isLong8()) {
      return directory.bytes(field);
    }
    long[] numbers = directory.numbers(tag);
    ByteBuffer narrow =
        ByteBuffer.allocate(numbers.length * Integer.BYTES).order(directory.order());
    for (long number : numbers) {
      // Beyond the end of the file either way.
      narrow.putInt((int) Math.clamp(number, 0, MAX_OFFSET));
    }
    return narrow.array();
  }
}
