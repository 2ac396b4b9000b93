package org.touchstone.domain;

import java.util.Objects;

/**
 * A medium of a post that could not be had, while others of the same post could.
 *
 * @param ordinal position within the post, from 0, counted over all its media
 * @param problem why it is missing
 */
public record MissingMedium(int ordinal, Problem problem) {
  public MissingMedium {
    Objects.requireNonNull(problem, "problem");
  }
}
