package org.touchstone.resolver;

import java.util.List;
import org.touchstone.resolver.fetch.WebLink;

/**
 * All extractors.
 *
 * @param platforms one for each platform; no two claim the same link
 * @param fallback takes what no platform claims
 */
public record Extractors(List<Extractor> platforms, Extractor fallback) {
  public Extractors {
    platforms = List.copyOf(platforms);
  }

  /**
   * The one extractor for a link.
   *
   * @throws IllegalStateException when two platforms claim it, which is a mistake in one of them
   */
  public Extractor forLink(WebLink link) {
    List<Extractor> claiming = platforms.stream().filter(e -> e.claims(link)).toList();
    if (claiming.size() > 1) {
      throw new IllegalStateException(
          "claimed by " + claiming.stream().map(Extractor::platform).toList());
    }
    return claiming.isEmpty() ? fallback : claiming.getFirst();
  }
}
