package org.touchstone.models.catalogue;

import java.util.Objects;

/**
 * How well a published model did, according to somebody.
 *
 * @param figure what was measured, on what, and the result
 * @param source who measured it
 */
public record Measured(String figure, String source) {
  public Measured {
    Objects.requireNonNull(figure, "figure");
    Objects.requireNonNull(source, "source");
  }
}
