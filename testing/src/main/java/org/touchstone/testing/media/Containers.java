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
  private static final int APP1 = 0xe1;
  private static final int APP11 = 0xeb;
  private static final String C2PA_BOX = "d8fec3d6-1b0e-483c-9297-5828877ec481";
  private static final String XMP_BOX = "be7acfcb-97a9-42e8-9c71-999491e3afac";
  private static final int MAX_GIF_BLOCK = 255;

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

  /** A JPEG with EXIF, a TIFF structure. */
  public static Path jpegWithExif(Path jpeg, byte[] tiff) {
    return jpegWith(jpeg, APP1, ascii("Exif\0\0"), tiff);
  }

  /** A JPEG with a packet of XMP. */
  public static Path jpegWithXmp(Path jpeg, byte[] packet) {
    return jpegWith(jpeg, APP1, ascii("http://ns.adobe.com/xap/1.0/\0"), packet);
  }

  /** A JPEG with a C2PA manifest store in two pieces. */
  public static Path jpegWithC2pa(Path jpeg, byte[] store) {
    // The later piece is inserted first, so that the pieces end up in order.
    int half = store.length / 2;
    jpegWith(
        jpeg,
        APP11,
        new byte[] {'J', 'P', 0, 1, 0, 0, 0, 2},
        Arrays.copyOf(store, 8),
        Arrays.copyOfRange(store, half, store.length));
    return jpegWith(
        jpeg, APP11, new byte[] {'J', 'P', 0, 1, 0, 0, 0, 1}, Arrays.copyOf(store, half));
  }

  /** A PNG with a chunk of text in Latin-1. */
  public static Path pngWithText(Path png, String keyword, String text) {
    return pngWith(png, "tEXt", ascii(keyword + "\0" + text));
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

  /** The box of MP4 and AVIF that holds a C2PA manifest store. */
  public static byte[] c2paBox(byte[] store) {
    return box("uuid", uuid(C2PA_BOX), new byte[4], ascii("manifest\0"), new byte[8], store);
  }

  /** The box of MP4 that holds a packet of XMP. */
  public static byte[] xmpBox(byte[] packet) {
    return box("uuid", uuid(XMP_BOX), packet);
  }

  /**
   * A GIF with an application extension put before its end.
   *
   * @param application eleven letters
   * @param data its bytes, divided into blocks or not
   */
  public static Path gifWith(Path gif, String application, byte[] data) {
    byte[] old = read(gif);
    byte[] extension = {0x21, (byte) 0xff, (byte) application.length()};
    return write(
        gif,
        concat(
            Arrays.copyOf(old, old.length - 1),
            extension,
            ascii(application),
            data,
            new byte[] {old[old.length - 1]}));
  }

  /** Data divided into the blocks of a GIF. */
  public static byte[] gifBlocks(byte[] data) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int at = 0; at < data.length; at += MAX_GIF_BLOCK) {
      int size = Math.min(MAX_GIF_BLOCK, data.length - at);
      all.write(size);
      all.write(data, at, size);
    }
    all.write(0);
    return all.toByteArray();
  }

  /** An ID3 tag with an object in it, such as MP3 files begin with. */
  public static byte[] id3With(String mediaType, byte[] object) {
    byte[] content = concat(new byte[1], ascii(mediaType + "\0name\0description\0"), object);
    byte[] frame =
        concat(ascii("GEOB"), ByteBuffer.allocate(4).putInt(content.length).array(), new byte[2]);
    int size = frame.length + content.length;
    byte[] length = {
      (byte) (size >> 21 & 0x7f),
      (byte) (size >> 14 & 0x7f),
      (byte) (size >> 7 & 0x7f),
      (byte) (size & 0x7f)
    };
    return concat(ascii("ID3\3\0\0"), length, frame, content);
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
