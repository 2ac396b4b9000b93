package org.touchstone.formats.completeness;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.PngChunks;

/** The end of a PNG (ISO/IEC 15948). */
final class PngEnd {
  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER_BYTES = 13;
  private static final int CRC_BYTES = 4;
  private static final int BUFFER = 64 << 10;

  /** Samples per pixel by colour type: grey, -, RGB, palette, grey and alpha, -, RGBA. */
  private static final int[] SAMPLES = {1, 0, 3, 1, 2, 0, 4};

  /** A larger picture is beyond all limits. */
  private static final long MAX_INFLATED = 4L << 30;

  private PngEnd() {}

  /**
   * @throws FormatException when its header is missing or not valid
   */
  static Completeness find(ByteSource in, Path file) throws IOException {
    byte[][] header = new byte[1][];
    boolean whole =
        PngChunks.walk(in, "IHDR"::equals, HEADER_BYTES, (type, data) -> header[0] = data);
    if (header[0] == null) {
      throw new FormatException("no header");
    }
    return whole ? Completeness.WHOLE : Completeness.cutOff(share(file, inflated(header[0])));
  }

  /** Bytes of all rows, each with its filter; interlacing adds a few more, which do not matter. */
  private static long inflated(byte[] header) throws FormatException {
    ByteBuffer fields = ByteBuffer.wrap(header);
    long width = fields.getInt();
    long height = fields.getInt();
    int depth = fields.get();
    int type = fields.get();
    if (width < 1 || height < 1 || type < 0 || type >= SAMPLES.length) {
      throw new FormatException("its header is not valid");
    }
    long row = (width * depth * SAMPLES[type] + Byte.SIZE - 1) / Byte.SIZE + 1;
    if (row > MAX_INFLATED / height) {
      throw new FormatException("it is too large");
    }
    return row * height;
  }

  /** How much of the picture is there, exact up to the least share that is judged. */
  private static double share(Path file, long expected) throws IOException {
    long enough = (long) Math.ceil(expected * Completeness.MIN_SHARE);
    long found = 0;
    Inflater inflater = new Inflater();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      in.skipNBytes(SIGNATURE_BYTES);
      byte[] rows = new byte[BUFFER];
      while (found < enough) {
        long length = Integer.toUnsignedLong(in.readInt());
        String type = new String(in.readNBytes(Integer.BYTES), StandardCharsets.ISO_8859_1);
        if (!type.equals("IDAT")) {
          in.skipNBytes(length + CRC_BYTES);
          continue;
        }
        while (length > 0 && found < enough) {
          byte[] data = in.readNBytes((int) Math.min(length, BUFFER));
          if (data.length == 0) {
            throw new EOFException();
          }
          length -= data.length;
          inflater.setInput(data);
          int count = 1;
          while (count > 0 && found < enough) {
            count = inflater.inflate(rows);
            found += count;
          }
        }
        in.skipNBytes(length + CRC_BYTES);
      }
    } catch (EOFException | DataFormatException end) {
      return (double) found / expected;
    } finally {
      inflater.end();
    }
    return (double) found / expected;
  }
}
