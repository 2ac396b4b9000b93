package org.touchstone.detectors.pixels;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * Brings samples of 32 bits, with a sign, or with a fraction, to 8 bits. Whole numbers use their
 * whole range. Numbers with a fraction are from 0 to 1, or where some are larger from 0 to the
 * usual 255 or 65535, or to their largest. Opacity is left out: few such files have it.
 */
final class WideSamples {
  private static final double MAX_8 = 0xff;
  private static final double MAX_15 = Short.MAX_VALUE;
  private static final double MAX_16 = 0xffff;
  private static final double MAX_32 = 0xffffffffL;

  private WideSamples() {}

  static void copy(BufferedImage image, byte[] rgb) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    boolean grey = image.getColorModel().getNumColorComponents() == 1;
    int type = image.getColorModel().getTransferType();
    double white = white(raster, type, grey ? 1 : RgbImage.CHANNELS);
    double[] row = new double[raster.getWidth() * bands];
    int target = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i += bands) {
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
          double sample = unsigned(row[i + (grey ? 0 : c)], type);
          // A number that is none becomes black.
          rgb[target++] = (byte) Math.round(Math.clamp(sample / white, 0, 1) * MAX_8);
        }
      }
    }
  }

  private static double white(Raster raster, int type, int colours) {
    return switch (type) {
      case DataBuffer.TYPE_INT -> MAX_32;
      case DataBuffer.TYPE_SHORT -> MAX_15;
      default -> {
        double largest = largest(raster, colours);
        if (largest <= 1) {
          yield 1;
        }
        if (largest <= MAX_8) {
          yield MAX_8;
        }
        yield largest <= MAX_16 ? MAX_16 : largest;
      }
    };
  }

  private static double largest(Raster raster, int colours) {
    int bands = raster.getNumBands();
    double[] row = new double[raster.getWidth() * bands];
    double largest = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i++) {
        if (i % bands < colours && Double.isFinite(row[i])) {
          largest = Math.max(largest, row[i]);
        }
      }
    }
    return largest;
  }

  private static double unsigned(double sample, int type) {
    return type == DataBuffer.TYPE_INT && sample < 0 ? sample + MAX_32 + 1 : sample;
  }
}
