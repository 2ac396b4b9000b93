package org.touchstone.models;

import java.util.Objects;

/**
 * A float32 tensor of the head's answer to each part of a picture, row by row. The output's
 * activation applies to it.
 */
public record Heatmap(String output, int rows, int columns) {
  public Heatmap {
    Objects.requireNonNull(output, "output");
  }
}
