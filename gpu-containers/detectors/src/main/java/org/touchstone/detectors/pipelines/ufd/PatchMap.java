package org.touchstone.detectors.pipelines.ufd;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Reason;
import org.touchstone.models.Heatmap;

/**
 * The head's answers to a picture's patches. The head was trained on the class token alone, so they
 * are not probabilities that a patch is generated, and are not called that.
 *
 * @param probabilities the answers after the head's activation, row by row
 */
record PatchMap(Heatmap size, double[] probabilities) {
  private static final int WHITE = 0xff;

  PatchMap {
    if (probabilities.length != size.rows() * size.columns()) {
      throw new DetectionException(
          Reason.ERROR, "Its model does not give an answer to every patch.");
    }
  }

  /** A grey pixel per patch: black is 0, white is 1. */
  byte[] png() {
    BufferedImage image =
        new BufferedImage(size.columns(), size.rows(), BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < probabilities.length; i++) {
      int grey = (int) Math.rint(probabilities[i] * WHITE);
      image.getRaster().setSample(i % size.columns(), i / size.columns(), 0, grey);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", png)) {
        throw new IllegalStateException("Java cannot write PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  /** A description of the map and its range of values. */
  Finding finding() {
    double least = Arrays.stream(probabilities).min().orElseThrow();
    double most = Arrays.stream(probabilities).max().orElseThrow();
    return new Finding(
        "heatmap",
        "patch tokens through the head",
        String.format(
            Locale.ROOT,
            "%d x %d patches, %.2f to %.2f; the head was trained on whole pictures, so this shows"
                + " where it leans, not which part is generated",
            size.columns(),
            size.rows(),
            least,
            most));
  }
}
