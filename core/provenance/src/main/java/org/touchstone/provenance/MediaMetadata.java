package org.touchstone.provenance;

import java.util.List;
import java.util.Optional;

/**
 * What a file says of itself.
 *
 * @param entries everything of possible interest, in the file's order; bounded in number and size
 * @param c2pa the claims of a C2PA manifest, if there is one
 * @param tagsComplete whether reading the tags of an audio or video container came to its end, as
 *     against being interrupted or taking too long
 */
public record MediaMetadata(List<Entry> entries, Optional<C2paClaims> c2pa, boolean tagsComplete) {
  public MediaMetadata {
    entries = List.copyOf(entries);
  }

  /** The first value of that name from that source. */
  public Optional<String> first(String source, String name) {
    return entries.stream()
        .filter(e -> e.source().equals(source) && e.name().equals(name))
        .map(Entry::value)
        .findFirst();
  }

  /**
   * One statement.
   *
   * @param source where it stands: {@code png}, {@code exif}, {@code xmp}, {@code xmp-ingredient},
   *     {@code iptc}, {@code jpeg}, {@code gif}, {@code tag} (of an audio or video container) or
   *     {@code c2pa}
   * @param name the name it has there
   * @param value its text
   */
  public record Entry(String source, String name, String value) {}
}
