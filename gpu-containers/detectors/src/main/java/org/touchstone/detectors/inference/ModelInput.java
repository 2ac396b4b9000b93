package org.touchstone.detectors.inference;

import java.util.List;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.models.ModelManifest.Input;

/** Brings pictures to the size of a model's input, the way its manifest says. */
public record ModelInput(Input input) {
  /** A whole picture. */
  public RgbImage fit(RgbImage image) {
    return switch (input.fit()) {
      case STRETCH -> stretch(image, Rectangle.of(image));
      case COVER -> ImageScaler.cover(image, input.width(), input.height(), input.resampling());
      case CROP -> ImageScaler.crop(image, input.width(), input.height());
    };
  }

  /** A part of a picture, each side scaled on its own. */
  public RgbImage stretch(RgbImage image, Rectangle part) {
    return ImageScaler.scale(image, part, input.width(), input.height(), input.resampling());
  }

  /**
   * Pictures one after another, as {@link OnnxModel#run} takes them.
   *
   * @param images of one size, one at least
   */
  public static byte[] pack(List<RgbImage> images) {
    int each = images.getFirst().data().length;
    byte[] data = new byte[Math.multiplyExact(images.size(), each)];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).data(), 0, data, i * each, each);
    }
    return data;
  }
}
