package org.touchstone.checkpoints.layers;

import java.util.List;

/**
 * Mean and deviation of the images that a network was trained on.
 *
 * @param mean of red, green and blue, in byte values
 * @param deviation of red, green and blue, in byte values
 */
public record PixelStatistics(List<Double> mean, List<Double> deviation) {
  /** The statistics of ImageNet, as in torchvision. */
  public static final PixelStatistics IMAGENET =
      new PixelStatistics(bytes(.485, .456, .406), bytes(.229, .224, .225));

  /** The statistics of the images that CLIP was trained on. */
  public static final PixelStatistics CLIP =
      new PixelStatistics(
          bytes(.48145466, .4578275, .40821073), bytes(.26862954, .26130258, .27577711));

  public PixelStatistics {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  private static List<Double> bytes(double red, double green, double blue) {
    return List.of(255 * red, 255 * green, 255 * blue);
  }
}
