package org.touchstone.models;

/** The order of a tensor's axes. */
public enum Layout {
  /** Pictures: batch, height, width, channel. */
  NHWC,
  /** Pictures: batch, channel, height, width. */
  NCHW,
  /** Clips: batch, time, height, width, channel. */
  NTHWC,
  /** Clips: batch, channel, time, height, width. */
  NCTHW,
  /** Sound: batch, sample. */
  SAMPLES,
  /** Sound as its mel spectrum, on a logarithmic scale: batch, band, frame. */
  LOG_MEL;

  /** Whether it is a layout of clips. */
  public boolean isClip() {
    return this == NTHWC || this == NCTHW;
  }

  /** Whether channels come before height and width. */
  public boolean isPlanar() {
    return this == NCHW || this == NCTHW;
  }
}
