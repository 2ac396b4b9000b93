package org.touchstone.resolver.platform;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.touchstone.resolver.link.LinkTable;
import org.touchstone.resolver.post.Extractor;

/**
 * One platform as the registry lists it.
 *
 * @param links the forms of its links
 * @param coverage what is found there, for the operators' page; at least one row
 * @param extractor makes what finds its posts
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
