package org.touchstone.domain.mention;

import java.util.Objects;

/**
 * A reply that exists on the platform.
 *
 * @param id the platform's id of it
 * @param link its web address
 */
public record Posted(String id, String link) {
  public Posted {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(link, "link");
  }
}
