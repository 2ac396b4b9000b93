package org.touchstone.models;

import java.util.Objects;

/**
 * The float32 tensor of a detector's answer: per row either one value or one per class.
 *
 * @param fakeIndex index of the class that means manipulated or synthetic
 */
public record Output(String name, Activation activation, int fakeIndex) {
  public Output {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(activation, "activation");
  }
}
