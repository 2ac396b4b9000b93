package org.touchstone.models;

/** Turns an output value into a probability. */
public enum Activation {
  SIGMOID,
  SOFTMAX,
  /** The value is already a probability. */
  NONE
}
