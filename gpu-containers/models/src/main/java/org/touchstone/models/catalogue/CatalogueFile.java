package org.touchstone.models.catalogue;

import java.util.Objects;
import java.util.Optional;
import org.touchstone.domain.link.WebLink;

/**
 * A file of a published model.
 *
 * @param name the name it is stored by
 * @param link its address
 * @param sha256 of its bytes, in lower-case hexadecimal, where it is known
 * @param maxBytes the most bytes that are read; its size where that is known
 * @param exact whether {@code maxBytes} is its size
 */
public record CatalogueFile(
    String name, WebLink link, Optional<String> sha256, long maxBytes, boolean exact) {
  public CatalogueFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(link, "link");
    Objects.requireNonNull(sha256, "sha256");
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be positive");
    }
  }

  /** The same file at another address. */
  public CatalogueFile at(WebLink other) {
    return new CatalogueFile(name, other, sha256, maxBytes, exact);
  }
}
