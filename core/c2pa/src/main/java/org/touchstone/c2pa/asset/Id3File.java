package org.touchstone.c2pa.asset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.c2pa.jumbf.JumbfException;

/**
 * A file that begins with an ID3 tag of version 2.3 or 2.4 (MP3, FLAC). Its manifest store is an
 * encapsulated object.
 */
final class Id3File implements Container {
  /** The current media type of a manifest store, and that of older writers. */
  private static final Set<String> TYPES =
      Set.of("application/c2pa", "application/x-c2pa-manifest-store");

  private static final int HEADER = 10;
  private static final int VERSION = 3;
  private static final int FLAGS = 5;
  private static final int SIZE = 6;
  private static final int UNSYNCHRONISED = 0x80;
  private static final int EXTENDED = 0x40;
  private static final int FRAME_FLAGS = 9;

  /** Compressed or encrypted, in either version. */
  private static final int PACKED_2_3 = 0xC0;

  private static final int PACKED_2_4 = 0x0C;
  private static final int FRAME_UNSYNCHRONISED = 0x02;
  private static final int FRAME_LENGTH = 0x01;
  private static final int GROUPED_2_3 = 0x20;
  private static final int GROUPED_2_4 = 0x40;
  private static final int MAX_FRAMES = 100_000;
  private static final int UTF_16 = 1;
  private static final int UTF_16_BE = 2;

  private final AssetFile file;

  Id3File(AssetFile file) {
    this.file = file;
  }

  static boolean hasTag(AssetFile file) throws IOException {
    return file.fourCharacters(0).startsWith("ID3")
        && (file.unsigned(VERSION) == 3 || file.unsigned(VERSION) == 4);
  }

  @Override
  public Optional<Store> store() throws IOException {
    boolean is24 = file.unsigned(VERSION) == 4;
    int flags = file.unsigned(FLAGS);
    long end = Math.min(file.size(), HEADER + syncSafe(SIZE));
    long at = HEADER + ((flags & EXTENDED) == 0 ? 0 : extended(is24));
    Store store = null;
    for (int i = 0; i < MAX_FRAMES && at + HEADER <= end && file.unsigned(at) != 0; i++) {
      long length = is24 ? syncSafe(at + Integer.BYTES) : file.unsignedInt(at + Integer.BYTES);
      long next = at + HEADER + length;
      if (next > end) {
        break;
      }
      if (file.fourCharacters(at).equals("GEOB")) {
        Optional<byte[]> found = store(at, length, is24, (flags & UNSYNCHRONISED) != 0 && !is24);
        if (found.isPresent() && store != null) {
          throw JumbfException.malformed("there are several manifest stores");
        }
        if (found.isPresent()) {
          store = new Store(found.get(), new Span(at, next - at));
        }
      }
      at = next;
    }
    return Optional.ofNullable(store);
  }

  private long extended(boolean is24) throws IOException {
    // Version 2.4 counts the four bytes of the length itself.
    return is24 ? syncSafe(HEADER) : Integer.BYTES + file.unsignedInt(HEADER);
  }

  /** The object in a frame, if it is a manifest store. */
  private Optional<byte[]> store(long frame, long length, boolean is24, boolean isUnsynchronised)
      throws IOException {
    int flags = file.unsigned(frame + FRAME_FLAGS);
    if ((flags & (is24 ? PACKED_2_4 : PACKED_2_3)) != 0) {
      return Optional.empty();
    }
    if (length > MAX_STORE_BYTES) {
      throw JumbfException.overLimit("an object in the tag is too large");
    }
    byte[] bytes = file.read(frame + HEADER, (int) length);
    int from = (flags & (is24 ? GROUPED_2_4 : GROUPED_2_3)) == 0 ? 0 : 1;
    from += is24 && (flags & FRAME_LENGTH) != 0 ? Integer.BYTES : 0;
    if (isUnsynchronised || is24 && (flags & FRAME_UNSYNCHRONISED) != 0) {
      bytes = synchronised(bytes);
    }
    if (from >= bytes.length) {
      return Optional.empty();
    }
    int encoding = bytes[from++];
    int typeEnd = textEnd(bytes, from, false);
    String type = new String(bytes, from, Math.max(0, typeEnd - from), StandardCharsets.ISO_8859_1);
    if (typeEnd < 0 || !TYPES.contains(type)) {
      return Optional.empty();
    }
    boolean isWide = encoding == UTF_16 || encoding == UTF_16_BE;
    int width = isWide ? 2 : 1;
    int nameEnd = textEnd(bytes, typeEnd + 1, isWide);
    int descriptionEnd = nameEnd < 0 ? -1 : textEnd(bytes, nameEnd + width, isWide);
    if (descriptionEnd < 0) {
      throw JumbfException.malformed("the manifest store's frame is cut off");
    }
    int start = descriptionEnd + width;
    byte[] store = new byte[bytes.length - start];
    System.arraycopy(bytes, start, store, 0, store.length);
    return Optional.of(store);
  }

  /** Position of the zero that ends a text; -1 if there is none. */
  private static int textEnd(byte[] bytes, int from, boolean isWide) {
    int width = isWide ? 2 : 1;
    for (int i = from; i + width <= bytes.length; i += width) {
      if (bytes[i] == 0 && bytes[i + width - 1] == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Without the zeros that keep players from taking bytes for the beginning of sound. */
  private static byte[] synchronised(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      out.write(bytes[i]);
      if (bytes[i] == (byte) 0xFF && i + 1 < bytes.length && bytes[i + 1] == 0) {
        i++;
      }
    }
    return out.toByteArray();
  }

  /** A number of 28 bits, seven in each byte. */
  private long syncSafe(long at) throws IOException {
    long number = 0;
    for (byte b : file.read(at, Integer.BYTES)) {
      number = number << 7 | b & 0x7F;
    }
    return number;
  }

  @Override
  public List<Part> parts() {
    throw new UnsupportedOperationException("files with an ID3 tag have data hashes");
  }
}
