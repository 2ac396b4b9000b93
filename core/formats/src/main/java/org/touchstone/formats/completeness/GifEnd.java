package org.touchstone.formats.completeness;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The end of a GIF (GIF89a specification). */
final class GifEnd {
  private static final int SCREEN_BYTES = 12;
  private static final int DESCRIPTOR_BYTES = 8;
  private static final int IMAGE = 0x2c;
  private static final int EXTENSION = 0x21;
  private static final int COLOUR_TABLE = 0x80;
  private static final int BUFFER = 64 << 10;

  private GifEnd() {}

  /** Files are whole from their first byte that begins no block, which is the trailer or junk. */
  static Completeness find(Path file) throws IOException {
    boolean picture = false;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      in.skipNBytes(Short.BYTES + DESCRIPTOR_BYTES);
      int flags = in.readUnsignedByte();
      in.skipNBytes(SCREEN_BYTES - DESCRIPTOR_BYTES - Short.BYTES + tableBytes(flags));
      while (true) {
        switch (in.readUnsignedByte()) {
          case IMAGE -> {
            in.skipNBytes(DESCRIPTOR_BYTES);
            // The colours, and the size of the codes.
            in.skipNBytes(tableBytes(in.readUnsignedByte()) + 1);
            skipBlocks(in);
            picture = true;
          }
          case EXTENSION -> {
            in.skipNBytes(1);
            skipBlocks(in);
          }
          default -> {
            return Completeness.WHOLE;
          }
        }
      }
    } catch (EOFException end) {
      // The first picture of an animation counts.
      return picture ? Completeness.cutOff(1) : Completeness.CUT_OFF;
    }
  }

  private static long tableBytes(int flags) {
    return (flags & COLOUR_TABLE) == 0 ? 0 : 3L << (flags & 7) + 1;
  }

  private static void skipBlocks(DataInputStream in) throws IOException {
    for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
      in.skipNBytes(length);
    }
  }
}
