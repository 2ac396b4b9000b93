package org.touchstone.models;

/** Turns an output value into a probability. */
public enum Activation {
  SIGMOID,
  SOFTMAX,
  /** It is one already. */
  NONE
}
