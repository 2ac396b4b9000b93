package org.touchstone.formats.completeness;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of the only scan of a JPEG is there. The scan is followed code by code (ITU-T T.81,
 * annex F.2.2) without computing a picture, as the codes' lengths give no other way to tell.
 */
final class JpegScan {
  static final int HUFFMAN_TABLES = 0xc4;
  static final int RESTART_INTERVAL = 0xdd;

  private static final int BUFFER = 64 << 10;
  private static final int BLOCK_SIDE = 8;
  private static final int COEFFICIENTS = 64;
  private static final int MAX_CODE_BITS = 16;
  private static final int TABLES = 4;
  private static final int RUN_OF_ZEROS = 15;
  private static final int MARKER = 0xff;
  private static final int FIRST_RESTART = 0xd0;
  private static final int LAST_RESTART = 0xd7;

  /** A code that is not in its table, or a marker where there should be none. */
  private static final class Damage extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** A table of codes by length. */
  private record Codes(int[] counts, int[] symbols) {}

  private record Component(int id, int blocks) {}

  private final Codes[] dc = new Codes[TABLES];
  private final Codes[] ac = new Codes[TABLES];
  private final List<Component> components = new ArrayList<>();
  private int interval;
  private long units;
  private InputStream in;
  private int bits;
  private int bitsLeft;

  /** Reads a segment before the scan: a frame header, tables of codes, or a restart interval. */
  void segment(int marker, byte[] data) {
    ByteBuffer fields = ByteBuffer.wrap(data);
    try {
      switch (marker) {
        case HUFFMAN_TABLES -> tables(fields);
        case RESTART_INTERVAL -> interval = Short.toUnsignedInt(fields.getShort());
        default -> frame(fields);
      }
    } catch (BufferUnderflowException damaged) {
      // Following the scan will fail.
      units = 0;
    }
  }

  private void frame(ByteBuffer fields) {
    fields.get();
    int height = Short.toUnsignedInt(fields.getShort());
    int width = Short.toUnsignedInt(fields.getShort());
    int count = fields.get();
    int across = 1;
    int down = 1;
    components.clear();
    for (int i = 0; i < count; i++) {
      int id = fields.get() & 0xff;
      int sampling = fields.get() & 0xff;
      fields.get();
      // A picture of one component has units of one block.
      int horizontal = count == 1 ? 1 : sampling >> 4;
      int vertical = count == 1 ? 1 : sampling & 0xf;
      components.add(new Component(id, horizontal * vertical));
      across = Math.max(across, horizontal);
      down = Math.max(down, vertical);
    }
    units =
        (long) Math.ceilDiv(width, BLOCK_SIDE * across) * Math.ceilDiv(height, BLOCK_SIDE * down);
  }

  private void tables(ByteBuffer fields) {
    while (fields.hasRemaining()) {
      int kind = fields.get() & 0xff;
      int[] counts = new int[MAX_CODE_BITS + 1];
      int sum = 0;
      for (int length = 1; length <= MAX_CODE_BITS; length++) {
        counts[length] = fields.get() & 0xff;
        sum += counts[length];
      }
      int[] symbols = new int[sum];
      for (int i = 0; i < sum; i++) {
        symbols[i] = fields.get() & 0xff;
      }
      (kind >> 4 == 0 ? dc : ac)[kind & TABLES - 1] = new Codes(counts, symbols);
    }
  }

  /**
   * How much of the picture is there, exact up to the least share that is judged.
   *
   * @param start position of the scan's marker
   * @return NaN when the scan is not of a kind that can be followed, or is damaged
   */
  double share(Path file, long start) throws IOException {
    long found = 0;
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      bytes.skipNBytes(start + Short.BYTES);
      in = bytes;
      int length = next() << Byte.SIZE | next();
      int count = next();
      if (units == 0 || count != components.size() || length != 2 * count + 6) {
        return Double.NaN;
      }
      Codes[][] codes = new Codes[count][];
      for (int i = 0; i < count; i++) {
        if (next() != components.get(i).id()) {
          return Double.NaN;
        }
        int tables = next();
        codes[i] = new Codes[] {dc[tables >> 4 & TABLES - 1], ac[tables & TABLES - 1]};
        if (codes[i][0] == null || codes[i][1] == null) {
          return Double.NaN;
        }
      }
      bytes.skipNBytes(3);
      long enough = (long) Math.ceil(units * Completeness.MIN_SHARE);
      while (found < enough) {
        if (interval > 0 && found > 0 && found % interval == 0) {
          restart();
        }
        unit(codes);
        found++;
      }
    } catch (EOFException end) {
      return (double) found / units;
    } catch (Damage damaged) {
      return Double.NaN;
    }
    return (double) found / units;
  }

  private void unit(Codes[][] codes) throws IOException {
    for (int c = 0; c < codes.length; c++) {
      for (int block = 0; block < components.get(c).blocks(); block++) {
        skip(symbol(codes[c][0]));
        for (int k = 1; k < COEFFICIENTS; k++) {
          int runAndSize = symbol(codes[c][1]);
          int run = runAndSize >> 4;
          int size = runAndSize & 0xf;
          if (size == 0 && run != RUN_OF_ZEROS) {
            break;
          }
          k += run;
          skip(size);
        }
      }
    }
  }

  private int symbol(Codes codes) throws IOException {
    int code = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= MAX_CODE_BITS; length++) {
      code = code << 1 | bit();
      first <<= 1;
      int count = codes.counts()[length];
      if (code - first < count) {
        return codes.symbols()[index + code - first];
      }
      index += count;
      first += count;
    }
    throw new Damage();
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      bit();
    }
  }

  private int bit() throws IOException {
    if (bitsLeft == 0) {
      bits = next();
      if (bits == MARKER && next() != 0) {
        throw new Damage();
      }
      bitsLeft = Byte.SIZE;
    }
    bitsLeft--;
    return bits >> bitsLeft & 1;
  }

  private void restart() throws IOException {
    bitsLeft = 0;
    int marker = next();
    while (marker == MARKER) {
      marker = next();
    }
    if (marker < FIRST_RESTART || marker > LAST_RESTART) {
      throw new Damage();
    }
  }

  private int next() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException();
    }
    return value;
  }
}
