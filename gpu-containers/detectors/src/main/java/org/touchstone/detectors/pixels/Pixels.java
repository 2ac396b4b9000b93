package org.touchstone.detectors.pixels;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * Converts pictures that Java decoded to 8-bit RGB. Sample values are kept: colour profiles are not
 * applied, as in the training of detectors, and grey is not treated as the linear light that Java
 * assumes. Wider samples lose their low bits; transparent parts are white.
 */
public final class Pixels {
  private static final int OPAQUE = 0xff;
  private static final int BYTE_BITS = 8;

  private Pixels() {}

  public static RgbImage toRgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), RgbImage.CHANNELS)];
    if (isPlain(image.getColorModel())) {
      copySamples(image, rgb);
    } else if (isWide(image.getColorModel())) {
      WideSamples.copy(image, rgb);
    } else {
      convertColours(image, rgb);
    }
    return new RgbImage(width, height, rgb);
  }

  /** Grey or RGB in whole numbers, one sample per component, with or without alpha. */
  private static boolean isPlain(ColorModel model) {
    int transfer = model.getTransferType();
    return isGreyOrRgb(model)
        && (transfer == DataBuffer.TYPE_BYTE || transfer == DataBuffer.TYPE_USHORT)
        && !model.isAlphaPremultiplied();
  }

  /** Grey or RGB in numbers of 32 bits, with a sign, or with a fraction. */
  private static boolean isWide(ColorModel model) {
    return isGreyOrRgb(model)
        && switch (model.getTransferType()) {
          case DataBuffer.TYPE_INT,
              DataBuffer.TYPE_SHORT,
              DataBuffer.TYPE_FLOAT,
              DataBuffer.TYPE_DOUBLE ->
              true;
          default -> false;
        };
  }

  private static boolean isGreyOrRgb(ColorModel model) {
    int type = model.getColorSpace().getType();
    return model instanceof ComponentColorModel
        && (type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB);
  }

  private static void copySamples(BufferedImage image, byte[] rgb) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int bands = raster.getNumBands();
    int colours = model.getNumColorComponents();
    int shift = model.getComponentSize(0) - BYTE_BITS;
    int[] row = new int[image.getWidth() * bands];
    int target = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, image.getWidth(), 1, row);
      for (int i = 0; i < row.length; i += bands) {
        int alpha = bands > colours ? narrow(row[i + colours], shift) : OPAQUE;
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
          int sample = narrow(row[i + (colours == 1 ? 0 : c)], shift);
          rgb[target++] = (byte) RgbImage.overWhite(sample, alpha);
        }
      }
    }
  }

  private static void convertColours(BufferedImage image, byte[] rgb) {
    int[] row = new int[image.getWidth()];
    int target = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int argb : row) {
        int alpha = argb >>> 24;
        rgb[target++] = (byte) RgbImage.overWhite(argb >> 16 & OPAQUE, alpha);
        rgb[target++] = (byte) RgbImage.overWhite(argb >> 8 & OPAQUE, alpha);
        rgb[target++] = (byte) RgbImage.overWhite(argb & OPAQUE, alpha);
      }
    }
  }

  private static int narrow(int sample, int shift) {
    return shift > 0 ? sample >> shift : sample << -shift;
  }
}
