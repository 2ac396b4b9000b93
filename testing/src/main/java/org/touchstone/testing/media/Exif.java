package org.touchstone.testing.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds EXIF: a TIFF structure of texts and numbers, little-endian. */
public final class Exif {
  public static final int IMAGE_DESCRIPTION = 0x010e;
  public static final int MAKE = 0x010f;
  public static final int MODEL = 0x0110;
  public static final int ORIENTATION = 0x0112;
  public static final int SOFTWARE = 0x0131;
  public static final int ARTIST = 0x013b;
  public static final int USER_COMMENT = 0x9286;

  private static final int SUB_DIRECTORY = 0x8769;
  private static final int ENTRY_BYTES = 12;
  private static final int HEADER_BYTES = 8;
  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int UNDEFINED = 7;

  private record Entry(int tag, int type, int count, byte[] value) {}

  private final List<Entry> main = new ArrayList<>();
  private final List<Entry> sub = new ArrayList<>();

  public Exif text(int tag, String value) {
    byte[] bytes = (value + "\0").getBytes(StandardCharsets.UTF_8);
    main.add(new Entry(tag, ASCII, bytes.length, bytes));
    return this;
  }

  public Exif number(int tag, int value) {
    main.add(new Entry(tag, SHORT, 1, new byte[] {(byte) value, (byte) (value >> 8)}));
    return this;
  }

  /** A user comment with its eight bytes of character code. */
  public Exif comment(byte[] value) {
    sub.add(new Entry(USER_COMMENT, UNDEFINED, value.length, value));
    return this;
  }

  /** A user comment as Stable Diffusion web UI writes it. */
  public Exif unicodeComment(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_16BE);
    return comment(
        ByteBuffer.allocate(8 + text.length)
            .put("UNICODE\0".getBytes(StandardCharsets.US_ASCII))
            .put(text)
            .array());
  }

  public byte[] tiff() {
    int mainCount = main.size() + (sub.isEmpty() ? 0 : 1);
    int subAt = HEADER_BYTES + directoryBytes(mainCount);
    int dataAt = subAt + (sub.isEmpty() ? 0 : directoryBytes(sub.size()));
    int size =
        dataAt
            + main.stream().mapToInt(e -> e.value.length).sum()
            + sub.stream().mapToInt(e -> e.value.length).sum();
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(HEADER_BYTES);
    List<Entry> first = new ArrayList<>(main);
    if (!sub.isEmpty()) {
      byte[] offset = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(subAt).array();
      first.add(new Entry(SUB_DIRECTORY, LONG, 1, offset));
    }
    int next = directory(out, HEADER_BYTES, first, dataAt);
    if (!sub.isEmpty()) {
      directory(out, subAt, sub, next);
    }
    return out.array();
  }

  private static int directory(ByteBuffer out, int at, List<Entry> entries, int dataAt) {
    out.position(at).putShort((short) entries.size());
    int data = dataAt;
    for (Entry entry : entries) {
      out.putShort((short) entry.tag).putShort((short) entry.type).putInt(entry.count);
      if (entry.value.length <= Integer.BYTES) {
        out.put(entry.value).put(new byte[Integer.BYTES - entry.value.length]);
      } else {
        out.putInt(data);
        out.put(data, entry.value);
        data += entry.value.length;
      }
    }
    out.putInt(0);
    return data;
  }

  private static int directoryBytes(int entries) {
    return 2 + entries * ENTRY_BYTES + 4;
  }
}
