package org.touchstone.models;

/** How a picture is brought to another size. */
public enum Resampling {
  /**
   * OpenCV's {@code INTER_AREA}: averaged over areas where both sides shrink, otherwise
   * interpolated between the pixels whose areas meet.
   */
  AREA,

  /**
   * A triangle as wide as the scale, as torchvision's {@code resize} of a tensor with antialias,
   * rounded to bytes at the end.
   */
  BILINEAR,

  /**
   * Cubic convolution (a = -0.5) as wide as the scale, byte for byte as Pillow's {@code BICUBIC}.
   */
  BICUBIC
}
