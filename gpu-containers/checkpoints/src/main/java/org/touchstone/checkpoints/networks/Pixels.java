package org.touchstone.checkpoints.networks;

/** Means and deviations of training images, in byte values of red, green and blue. */
final class Pixels {
  static final double[] IMAGENET_MEAN = bytes(.485, .456, .406);
  static final double[] IMAGENET_DEVIATION = bytes(.229, .224, .225);
  static final double[] CLIP_MEAN = bytes(.48145466, .4578275, .40821073);
  static final double[] CLIP_DEVIATION = bytes(.26862954, .26130258, .27577711);

  private Pixels() {}

  private static double[] bytes(double red, double green, double blue) {
    return new double[] {255 * red, 255 * green, 255 * blue};
  }
}
