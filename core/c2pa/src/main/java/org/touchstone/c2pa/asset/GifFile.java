package org.touchstone.c2pa.asset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.jumbf.JumbfException;

/** A GIF file, whose manifest store is the application extension {@code C2PA_GIF}. */
final class GifFile implements Container {
  private static final int SIGNATURE = 6;
  private static final int SCREEN = 7;
  private static final int SCREEN_FLAGS = 10;
  private static final int IMAGE = 10;
  private static final int IMAGE_FLAGS = 9;
  private static final int HAS_TABLE = 0x80;
  private static final int TABLE_SIZE = 7;
  private static final int COLOUR = 3;
  private static final int EXTENSION = 0x21;
  private static final int APPLICATION = 0xFF;
  private static final int IMAGE_SEPARATOR = 0x2C;
  private static final int TRAILER = 0x3B;
  private static final int MAX_BLOCKS = 1_000_000;

  /** Introducer and label of an extension. */
  private static final int EXTENSION_HEAD = 2;

  /** Length, name and authentication code of the application that the store belongs to. */
  private static final byte[] APPLICATION_ID =
      "\u000BC2PA_GIF\u0001\u0000\u0000".getBytes(StandardCharsets.ISO_8859_1);

  private final AssetFile file;

  GifFile(AssetFile file) {
    this.file = file;
  }

  static boolean isGif(AssetFile file) throws IOException {
    return file.fourCharacters(0).equals("GIF8");
  }

  @Override
  public Optional<Store> store() throws IOException {
    List<Part> stores = parts().stream().filter(part -> part.name().equals(C2PA_PART)).toList();
    if (stores.isEmpty()) {
      return Optional.empty();
    }
    if (stores.size() > 1) {
      throw JumbfException.malformed("there are several manifest stores");
    }
    Span span = stores.getFirst().span();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long at = span.start() + EXTENSION_HEAD + APPLICATION_ID.length;
    for (int length = file.unsigned(at); length > 0; length = file.unsigned(at)) {
      out.writeBytes(file.read(at + 1, length));
      if (out.size() > MAX_STORE_BYTES) {
        throw JumbfException.overLimit("the manifest store is too large");
      }
      at += 1 + length;
    }
    return Optional.of(new Store(out.toByteArray(), span));
  }

  @Override
  public List<Part> parts() throws IOException {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("GIF89a", new Span(0, SIGNATURE)));
    long at = SIGNATURE;
    if (at + SCREEN > file.size()) {
      return parts;
    }
    long screen = SCREEN + table(file.unsigned(SCREEN_FLAGS));
    if (at + screen > file.size()) {
      return parts;
    }
    parts.add(new Part("LSD", new Span(at, screen)));
    at += screen;
    while (at < file.size() && parts.size() < MAX_BLOCKS) {
      int kind = file.unsigned(at);
      if (kind == TRAILER) {
        parts.add(new Part("3B", new Span(at, 1)));
        break;
      }
      if (kind == IMAGE_SEPARATOR && at + IMAGE < file.size()) {
        long image = IMAGE + table(file.unsigned(at + IMAGE_FLAGS));
        // One byte, the size of codes, comes before the blocks of picture data.
        long end = blocksEnd(at + image + 1);
        if (end < 0) {
          break;
        }
        parts.add(new Part("2C", new Span(at, image)));
        parts.add(new Part("TBID", new Span(at + image, end - at - image)));
        at = end;
      } else if (kind == EXTENSION && at + EXTENSION_HEAD < file.size()) {
        long end = blocksEnd(at + EXTENSION_HEAD);
        if (end < 0) {
          break;
        }
        parts.add(new Part(extension(at, end), new Span(at, end - at)));
        at = end;
      } else {
        break;
      }
    }
    return parts;
  }

  private String extension(long at, long end) throws IOException {
    int label = file.unsigned(at + 1);
    boolean isStore =
        label == APPLICATION
            && end - at > EXTENSION_HEAD + APPLICATION_ID.length
            && Arrays.equals(file.read(at + EXTENSION_HEAD, APPLICATION_ID.length), APPLICATION_ID);
    return isStore ? C2PA_PART : "21%02X".formatted(label);
  }

  /** Length of a colour table in bytes. */
  private static long table(int flags) {
    return (flags & HAS_TABLE) == 0 ? 0 : (long) COLOUR << ((flags & TABLE_SIZE) + 1);
  }

  /**
   * Position after blocks of at most 255 bytes, of which an empty one is the last; -1 if cut off.
   */
  private long blocksEnd(long from) throws IOException {
    long at = from;
    while (at < file.size()) {
      int length = file.unsigned(at);
      at += 1 + length;
      if (length == 0) {
        return at;
      }
    }
    return -1;
  }
}
