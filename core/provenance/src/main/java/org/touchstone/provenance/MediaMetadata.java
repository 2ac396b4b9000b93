package org.touchstone.provenance;

import java.util.List;
import java.util.Optional;

/**
 * A file's own metadata.
 *
 * @param entries all entries of possible interest, in the file's order; bounded in number and size
 * @param c2pa the claims of a C2PA manifest; empty without a manifest
 * @param tagsComplete whether all tags of an audio or video container were read; false when reading
 *     was interrupted or took too long
 */
public record MediaMetadata(List<Entry> entries, Optional<C2paClaims> c2pa, boolean tagsComplete) {
  public MediaMetadata {
    entries = List.copyOf(entries);
  }

  /** The first value with this name from this source. */
  public Optional<String> first(String source, String name) {
    return entries.stream()
        .filter(e -> e.source().equals(source) && e.name().equals(name))
        .map(Entry::value)
        .findFirst();
  }

  /**
   * One statement.
   *
   * @param source where it was found: {@code png}, {@code exif}, {@code xmp}, {@code
   *     xmp-ingredient}, {@code iptc}, {@code jpeg}, {@code samsung}, {@code gif}, {@code tag} (of
   *     an audio or video container), {@code c2pa}, or {@code file} for what we say of the file
   *     itself
   * @param name its name there
   * @param value its text
   */
  public record Entry(String source, String name, String value) {}
}
