package org.touchstone.resolver.platform;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.touchstone.resolver.link.LinkTable;
import org.touchstone.resolver.post.Extractor;

/**
 * One platform's entry in the registry.
 *
 * @param links the forms of its links
 * @param coverage the media found there, for the operators' page; at least one row
 * @param extractor creates the extractor that finds its posts
 */
public record Platform(
    LinkTable links, List<Coverage> coverage, Function<PlatformTools, Extractor> extractor) {
  public Platform {
    Objects.requireNonNull(links, "links");
    Objects.requireNonNull(extractor, "extractor");
    coverage = List.copyOf(coverage);
    if (coverage.isEmpty()) {
      throw new IllegalArgumentException("a platform without a row of coverage");
    }
  }
}
