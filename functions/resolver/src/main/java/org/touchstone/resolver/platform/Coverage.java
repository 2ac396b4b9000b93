package org.touchstone.resolver.platform;

import java.util.Objects;

/**
 * One row of the operators' page of accepted links; Markdown.
 *
 * @param title the platform, or the part of it that the row is about
 * @param accepts the media found there
 * @param ways the strategies, in the order in which they are tried
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
