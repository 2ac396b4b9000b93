package org.touchstone.detectors.image;

import java.awt.image.BufferedImage;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Tells a JPEG that lacks part of its picture, which the decoder fills with grey, from one that
 * only lacks its end marker, which is common and harmless: both give the same warning, but the
 * harmless one after the last row.
 */
final class TruncationWatch implements IIOReadUpdateListener, IIOReadWarningListener {
  private int rows;
  private int rowsAtWarning = -1;

  boolean sawTruncation() {
    return rowsAtWarning >= 0 && rowsAtWarning < rows;
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    if (rowsAtWarning < 0 && warning.contains("remature end")) {
      rowsAtWarning = rows;
    }
  }

  @Override
  public void imageUpdate(
      ImageReader source,
      BufferedImage image,
      int minX,
      int minY,
      int width,
      int height,
      int periodX,
      int periodY,
      int[] bands) {
    rows = Math.max(rows, minY + height);
  }

  @Override
  public void passStarted(
      ImageReader source,
      BufferedImage image,
      int pass,
      int minPass,
      int maxPass,
      int minX,
      int minY,
      int periodX,
      int periodY,
      int[] bands) {}

  @Override
  public void passComplete(ImageReader source, BufferedImage image) {}

  @Override
  public void thumbnailPassStarted(
      ImageReader source,
      BufferedImage thumbnail,
      int pass,
      int minPass,
      int maxPass,
      int minX,
      int minY,
      int periodX,
      int periodY,
      int[] bands) {}

  @Override
  public void thumbnailUpdate(
      ImageReader source,
      BufferedImage thumbnail,
      int minX,
      int minY,
      int width,
      int height,
      int periodX,
      int periodY,
      int[] bands) {}

  @Override
  public void thumbnailPassComplete(ImageReader source, BufferedImage thumbnail) {}
}
