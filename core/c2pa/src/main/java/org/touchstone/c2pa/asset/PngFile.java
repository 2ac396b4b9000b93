package org.touchstone.c2pa.asset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.jumbf.JumbfException;

/** A PNG file, whose manifest store is the chunk {@code caBX}. */
final class PngFile implements Container {
  private static final long SIGNATURE_HIGH = 0x89504E47L;
  private static final long SIGNATURE_LOW = 0x0D0A1A0AL;
  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;
  private static final int DATA = 8;
  private static final int MAX_CHUNKS = 1_000_000;
  private static final String STORE = "caBX";

  private final AssetFile file;

  PngFile(AssetFile file) {
    this.file = file;
  }

  static boolean isPng(AssetFile file) throws IOException {
    return file.unsignedInt(0) == SIGNATURE_HIGH
        && file.unsignedInt(Integer.BYTES) == SIGNATURE_LOW;
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
    if (span.length() > MAX_STORE_BYTES) {
      throw JumbfException.overLimit("the manifest store is too large");
    }
    return Optional.of(
        new Store(file.read(span.start() + DATA, (int) span.length() - FRAME), span));
  }

  @Override
  public List<Part> parts() throws IOException {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("PNGh", new Span(0, SIGNATURE)));
    long at = SIGNATURE;
    while (at + FRAME <= file.size() && parts.size() < MAX_CHUNKS) {
      long length = file.unsignedInt(at) + FRAME;
      if (at + length > file.size()) {
        break;
      }
      String type = file.fourCharacters(at + Integer.BYTES);
      parts.add(new Part(type.equals(STORE) ? C2PA_PART : type, new Span(at, length)));
      at += length;
      if (type.equals("IEND")) {
        break;
      }
    }
    return parts;
  }
}
