package org.touchstone.c2pa.asset;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.c2pa.jumbf.JumbfException;

/** A RIFF file (WebP, WAV, AVI), whose manifest store is the chunk {@code C2PA}. */
final class RiffFile implements Container {
  /** The forms that hold manifest stores. */
  static final Set<String> FORMS = Set.of("WEBP", "WAVE", "AVI ");

  private static final int HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int MAX_CHUNKS = 1_000_000;

  private final AssetFile file;

  RiffFile(AssetFile file) {
    this.file = file;
  }

  @Override
  public Optional<Store> store() throws IOException {
    long at = HEADER;
    for (int i = 0; i < MAX_CHUNKS && at + CHUNK_HEADER <= file.size(); i++) {
      long length =
          Integer.toUnsignedLong(Integer.reverseBytes((int) file.unsignedInt(at + Integer.BYTES)));
      // A chunk of an odd length is followed by one byte more.
      long padded = length + (length & 1);
      if (file.fourCharacters(at).equals(C2PA_PART)) {
        if (length > MAX_STORE_BYTES) {
          throw JumbfException.overLimit("the manifest store is too large");
        }
        if (at + CHUNK_HEADER + length > file.size()) {
          throw JumbfException.malformed("the manifest store is cut off");
        }
        return Optional.of(
            new Store(
                file.read(at + CHUNK_HEADER, (int) length),
                new Span(at, Math.min(CHUNK_HEADER + padded, file.size() - at))));
      }
      at += CHUNK_HEADER + padded;
    }
    return Optional.empty();
  }

  @Override
  public List<Part> parts() {
    throw new UnsupportedOperationException("RIFF files have data hashes");
  }
}
