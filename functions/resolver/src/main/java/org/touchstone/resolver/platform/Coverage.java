package org.touchstone.resolver.platform;

import java.util.Objects;

/**
 * One row of the page that tells operators which links are accepted; Markdown.
 *
 * @param title the platform, or the part of it that the row is about
 * @param accepts the media that are found
 * @param ways how they are found, in the order in which the ways are tried
 * @param needs what an operator has to provide
 */
public record Coverage(String title, String accepts, String ways, String needs) {
  public Coverage {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(accepts, "accepts");
    Objects.requireNonNull(ways, "ways");
    Objects.requireNonNull(needs, "needs");
  }
}
