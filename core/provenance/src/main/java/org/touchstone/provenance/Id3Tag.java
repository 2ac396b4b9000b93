package org.touchstone.provenance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.touchstone.formats.ByteSource;

/**
 * The encapsulated objects of an ID3v2 tag, which is where MP3 and FLAC keep C2PA manifests. Its
 * texts are read with the container's other tags.
 */
final class Id3Tag {
  private static final int HEADER_BYTES = 10;
  private static final int EXTENDED_HEADER_FLAG = 0x40;
  private static final int SYNCSAFE_VERSION = 4;
  private static final int FIRST_VERSION_WITH_LONG_FRAMES = 3;

  private Id3Tag() {}

  static void read(ByteSource in, long position, RawMetadata out) throws IOException {
    ByteBuffer header = in.buffer(position, HEADER_BYTES);
    if (header.remaining() < HEADER_BYTES || header.get() != 'I' || header.get() != 'D') {
      return;
    }
    int version = header.get(3);
    int flags = header.get(5);
    long end = Math.min(in.size(), position + HEADER_BYTES + syncsafe(header.getInt(6)));
    if (version < FIRST_VERSION_WITH_LONG_FRAMES || (flags & EXTENDED_HEADER_FLAG) != 0) {
      return;
    }
    long frame = position + HEADER_BYTES;
    while (frame + HEADER_BYTES <= end) {
      ByteBuffer frameHeader = in.buffer(frame, HEADER_BYTES);
      int size = frameHeader.getInt(4);
      long length = version >= SYNCSAFE_VERSION ? syncsafe(size) : Integer.toUnsignedLong(size);
      if (frameHeader.get(0) == 0 || length > end - frame - HEADER_BYTES) {
        return;
      }
      boolean object = frameHeader.getInt(0) == ('G' << 24 | 'E' << 16 | 'O' << 8 | 'B');
      if (object && length <= RawMetadata.MAX_BLOCK_BYTES) {
        encapsulated(in.read(frame + HEADER_BYTES, length), out);
      }
      frame += HEADER_BYTES + length;
    }
  }

  /** Text encoding, media type, file name, description, object. */
  private static void encapsulated(byte[] frame, RawMetadata out) {
    int typeEnd = 1;
    while (typeEnd < frame.length && frame[typeEnd] != 0) {
      typeEnd++;
    }
    String type = new String(frame, 1, Math.max(0, typeEnd - 1), StandardCharsets.ISO_8859_1);
    if (!type.contains("c2pa")) {
      return;
    }
    boolean wide = frame[0] == 1 || frame[0] == 2;
    int object = afterText(frame, afterText(frame, typeEnd + 1, wide), wide);
    if (object < frame.length) {
      out.c2pa(Arrays.copyOfRange(frame, object, frame.length));
    }
  }

  private static int afterText(byte[] frame, int from, boolean wide) {
    int step = wide ? 2 : 1;
    int i = from;
    while (i + step <= frame.length && (frame[i] != 0 || wide && frame[i + 1] != 0)) {
      i += step;
    }
    return i + step;
  }

  /** Four times seven bits. */
  private static long syncsafe(int value) {
    return (value & 0x7f)
        | (value >> 8 & 0x7f) << 7
        | (value >> 16 & 0x7f) << 14
        | (value >> 24 & 0x7f) << 21;
  }
}
