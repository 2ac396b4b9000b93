package org.touchstone.provenance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.touchstone.formats.ByteSource;

/** Metadata of a GIF: comments, XMP and C2PA in the first part of the file. */
final class GifBlocks {
  private static final int MAX_BYTES = 8 << 20;
  private static final int SCREEN_BYTES = 13;
  private static final int DESCRIPTOR_BYTES = 9;
  private static final int TABLE_FLAG = 0x80;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int APPLICATION = 0xff;
  private static final int COMMENT = 0xfe;

  /**
   * Length of the bytes after XMP. XMP is not divided into blocks; these bytes lead a block reader
   * to its end.
   */
  private static final int XMP_TRAILER_BYTES = 257;

  private GifBlocks() {}

  static void read(ByteSource source, RawMetadata out) throws IOException {
    ByteBuffer in = source.buffer(0, MAX_BYTES);
    skip(in, SCREEN_BYTES + colourTable(in.get(10)));
    while (in.remaining() > 1) {
      switch (in.get() & 0xff) {
        case EXTENSION -> extension(in, out);
        case IMAGE -> {
          skip(
              in, DESCRIPTOR_BYTES + colourTable(in.get(in.position() + DESCRIPTOR_BYTES - 1)) + 1);
          blocks(in);
        }
        default -> {
          return;
        }
      }
    }
  }

  private static void extension(ByteBuffer in, RawMetadata out) {
    int label = in.get() & 0xff;
    if (label == COMMENT) {
      out.text("gif", "comment", new String(blocks(in), StandardCharsets.UTF_8));
      return;
    }
    byte[] name = new byte[in.get() & 0xff];
    in.get(name);
    String application = new String(name, StandardCharsets.ISO_8859_1);
    if (label == APPLICATION && application.equals("XMP DataXMP")) {
      int start = in.position();
      blocks(in);
      byte[] xmp = new byte[Math.max(0, in.position() - start - XMP_TRAILER_BYTES - 1)];
      in.duplicate().position(start).get(xmp);
      out.xmp(xmp);
    } else if (label == APPLICATION && application.startsWith("C2PA_GIF")) {
      out.c2pa(blocks(in));
    } else {
      blocks(in);
    }
  }

  private static byte[] blocks(ByteBuffer in) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int size = in.get() & 0xff; size > 0; size = in.get() & 0xff) {
      byte[] block = new byte[size];
      in.get(block);
      data.writeBytes(block);
    }
    return data.toByteArray();
  }

  private static int colourTable(int flags) {
    return (flags & TABLE_FLAG) == 0 ? 0 : 3 << (flags & 7) + 1;
  }

  private static void skip(ByteBuffer in, int bytes) {
    in.position(in.position() + bytes);
  }
}
