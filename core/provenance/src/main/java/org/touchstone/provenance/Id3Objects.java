package org.touchstone.provenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.Id3Tag;

/**
 * The encapsulated objects of an ID3v2 tag, where MP3 and FLAC store C2PA manifests. The tag's
 * texts are read with the container's other tags.
 */
final class Id3Objects {
  private static final String OBJECT = "GEOB";

  private Id3Objects() {}

  /** Reads the tag at a position, if it exists. */
  static void read(ByteSource in, long position, RawMetadata out) throws IOException {
    Optional<Id3Tag> tag = Id3Tag.at(in, position);
    if (tag.isPresent()) {
      tag.get()
          .frames(
              in,
              (id, data, length) -> {
                if (id.equals(OBJECT) && length <= RawMetadata.MAX_BLOCK_BYTES) {
                  encapsulated(in.read(data, length), out);
                }
              });
    }
  }

  /** Reads a frame: text encoding, media type, file name, description, object. */
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
}
