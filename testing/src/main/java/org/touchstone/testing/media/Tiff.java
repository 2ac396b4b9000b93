package org.touchstone.testing.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes TIFF files of any directories: a directory is put after what it points to, so its offset is
 * known to the next.
 */
public final class Tiff {
  public static final int SHORT = 3;
  public static final int LONG = 4;

  public static final int SUBFILE_TYPE = 254;
  public static final int WIDTH = 256;
  public static final int HEIGHT = 257;
  public static final int BITS = 258;
  public static final int COMPRESSION = 259;
  public static final int PHOTOMETRIC = 262;
  public static final int STRIP_OFFSETS = 273;
  public static final int ORIENTATION = 274;
  public static final int SAMPLES = 277;
  public static final int ROWS_PER_STRIP = 278;
  public static final int STRIP_BYTES = 279;
  public static final int PLANAR = 284;
  public static final int PREDICTOR = 317;
  public static final int COLOUR_MAP = 320;
  public static final int TILE_WIDTH = 322;
  public static final int TILE_HEIGHT = 323;
  public static final int TILE_OFFSETS = 324;
  public static final int TILE_BYTES = 325;
  public static final int SUB_DIRECTORIES = 330;
  public static final int SAMPLE_FORMAT = 339;
  public static final int DNG_VERSION = 50706;

  private static final int BIG_VERSION = 43;
  private static final int VERSION = 42;
  private static final int BIG_HEADER = 16;
  private static final int HEADER = 8;

  private final boolean big;
  private final ByteOrder order;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Tiff(boolean big, ByteOrder order) {
    this.big = big;
    this.order = order;
    out.writeBytes(new byte[big ? BIG_HEADER : HEADER]);
  }

  /** A file with offsets of 32 bits. */
  public static Tiff classic(ByteOrder order) {
    return new Tiff(false, order);
  }

  /** A BigTIFF, with offsets of 64 bits. */
  public static Tiff big(ByteOrder order) {
    return new Tiff(true, order);
  }

  /** The fields of a directory, by tag. */
  public static final class Fields {
    private final Map<Integer, long[]> values = new TreeMap<>();
    private final Map<Integer, Integer> types = new TreeMap<>();

    /** The fields of a picture of 8-bit samples without compression; others replace them. */
    public static Fields picture(int width, int height, int samples) {
      long[] bits = new long[samples];
      java.util.Arrays.fill(bits, Byte.SIZE);
      return new Fields()
          .with(WIDTH, width)
          .with(HEIGHT, height)
          .with(BITS, bits)
          .with(COMPRESSION, 1)
          .with(PHOTOMETRIC, samples >= 3 ? 2 : 1)
          .with(SAMPLES, samples)
          .with(ROWS_PER_STRIP, height);
    }

    /** Whole numbers: of 16 bits where they fit and are no offsets or lengths. */
    public Fields with(int tag, long... numbers) {
      boolean isLong =
          List.of(STRIP_OFFSETS, STRIP_BYTES, TILE_OFFSETS, TILE_BYTES, SUB_DIRECTORIES)
              .contains(tag);
      return typed(tag, isLong ? LONG : SHORT, numbers);
    }

    /** Numbers of a type. */
    public Fields typed(int tag, int type, long... numbers) {
      values.put(tag, numbers);
      types.put(tag, type);
      return this;
    }
  }

  /** Puts data, and gives its offset. */
  public long put(byte[] data) {
    long at = out.size();
    out.writeBytes(data);
    if (out.size() % 2 == 1) {
      out.write(0);
    }
    return at;
  }

  /** Puts the strips of a picture and names them in its fields. */
  public Fields strips(Fields fields, byte[]... strips) {
    long[] offsets = new long[strips.length];
    long[] lengths = new long[strips.length];
    for (int i = 0; i < strips.length; i++) {
      offsets[i] = put(strips[i]);
      lengths[i] = strips[i].length;
    }
    return fields.with(STRIP_OFFSETS, offsets).with(STRIP_BYTES, lengths);
  }

  /** Puts a directory, and gives its offset. */
  public long directory(Fields fields, long next) {
    int word = big ? Long.BYTES : Integer.BYTES;
    Map<Integer, byte[]> encoded = new TreeMap<>();
    fields.values.forEach(
        (tag, numbers) -> encoded.put(tag, encode(fields.types.get(tag), numbers)));
    Map<Integer, Long> places = new TreeMap<>();
    encoded.forEach(
        (tag, bytes) -> {
          if (bytes.length > word) {
            places.put(tag, put(bytes));
          }
        });
    long at = out.size();
    ByteBuffer table =
        ByteBuffer.allocate(word + encoded.size() * (4 + 2 * word) + 2 * word).order(order);
    if (big) {
      table.putLong(encoded.size());
    } else {
      table.putShort((short) encoded.size());
    }
    encoded.forEach(
        (tag, bytes) -> {
          table.putShort(tag.shortValue()).putShort(fields.types.get(tag).shortValue());
          word(table, fields.values.get(tag).length);
          if (places.containsKey(tag)) {
            word(table, places.get(tag));
          } else {
            table.put(bytes).put(new byte[word - bytes.length]);
          }
        });
    word(table, next);
    out.write(table.array(), 0, table.position());
    return at;
  }

  private byte[] encode(int type, long[] numbers) {
    int each = type == SHORT ? Short.BYTES : type == LONG ? Integer.BYTES : type == 16 ? 8 : 1;
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * each).order(order);
    for (long number : numbers) {
      switch (each) {
        case Short.BYTES -> bytes.putShort((short) number);
        case Integer.BYTES -> bytes.putInt((int) number);
        case Long.BYTES -> bytes.putLong(number);
        default -> bytes.put((byte) number);
      }
    }
    return bytes.array();
  }

  private void word(ByteBuffer to, long number) {
    if (big) {
      to.putLong(number);
    } else {
      to.putInt((int) number);
    }
  }

  /** The file, whose chain begins with a directory. */
  public byte[] bytes(long first) {
    byte[] bytes = out.toByteArray();
    ByteBuffer header = ByteBuffer.wrap(bytes).order(order);
    header.put(order == ByteOrder.LITTLE_ENDIAN ? new byte[] {'I', 'I'} : new byte[] {'M', 'M'});
    header.putShort((short) (big ? BIG_VERSION : VERSION));
    if (big) {
      header.putShort((short) Long.BYTES).putShort((short) 0).putLong(first);
    } else {
      header.putInt((int) first);
    }
    return bytes;
  }

  /** A file with one picture. */
  public byte[] picture(Fields fields, byte[]... strips) {
    return bytes(directory(strips(fields, strips), 0));
  }
}
