package org.touchstone.testing.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Puts blocks of metadata into files of several formats. */
public final class Containers {
  private static final int PNG_HEADER_END = 33;

  private Containers() {}

  /** A JPEG with a segment put before all others. */
  public static Path jpegWith(Path jpeg, int marker, byte[]... parts) {
    byte[] payload = concat(parts);
    byte[] old = read(jpeg);
    ByteBuffer out = ByteBuffer.allocate(old.length + 4 + payload.length);
    out.put(old, 0, 2).put((byte) 0xff).put((byte) marker);
    out.putShort((short) (payload.length + 2)).put(payload).put(old, 2, old.length - 2);
    return write(jpeg, out.array());
  }

  /** A PNG with a chunk put after its header. */
  public static Path pngWith(Path png, String type, byte[]... parts) {
    byte[] old = read(png);
    byte[] chunk = pngChunk(type, concat(parts));
    return write(
        png,
        concat(
            Arrays.copyOf(old, PNG_HEADER_END),
            chunk,
            Arrays.copyOfRange(old, PNG_HEADER_END, old.length)));
  }

  public static byte[] pngChunk(String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(ascii(type));
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(ascii(type))
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  /** A RIFF file with a chunk added to its end. */
  public static Path riffWith(Path riff, String type, byte[] data) {
    byte[] chunk =
        ByteBuffer.allocate(8 + data.length + (data.length & 1))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(ascii(type))
            .putInt(data.length)
            .put(data)
            .array();
    byte[] all = concat(read(riff), chunk);
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putInt(4, all.length - 8);
    return write(riff, all);
  }

  /** A file of boxes with one more at its end. */
  public static Path bmffWith(Path file, byte[] box) {
    return write(file, concat(read(file), box));
  }

  public static byte[] box(String type, byte[]... parts) {
    byte[] data = concat(parts);
    return ByteBuffer.allocate(8 + data.length)
        .putInt(8 + data.length)
        .put(ascii(type))
        .put(data)
        .array();
  }

  public static byte[] uuid(String uuid) {
    UUID id = UUID.fromString(uuid);
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  public static byte[] deflated(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
