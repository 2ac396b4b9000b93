package org.touchstone.detectors.pixels;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small pictures for people to look at. */
public final class Thumbnail {
  /** Pixels of the longer side, at most. */
  static final int MAX_SIDE = 640;

  static final int MAX_BYTES = 100_000;

  private static final float[] QUALITIES = {0.85f, 0.6f, 0.35f};

  private Thumbnail() {}

  /**
   * A picture in JPEG, scaled down to {@value #MAX_SIDE} pixels of the longer side. The quality is
   * as high as {@value #MAX_BYTES} bytes allow. A noisy picture that does not fit at any quality is
   * scaled down further.
   */
  public static byte[] jpeg(RgbImage image) {
    for (int side = MAX_SIDE; ; side /= 2) {
      BufferedImage scaled = buffered(scaled(image, side));
      for (float quality : QUALITIES) {
        byte[] jpeg = encode(scaled, quality);
        if (jpeg.length <= MAX_BYTES) {
          return jpeg;
        }
      }
    }
  }

  private static RgbImage scaled(RgbImage image, int side) {
    double scale = Math.min(1, (double) side / Math.max(image.width(), image.height()));
    int width = Math.max(1, (int) Math.rint(image.width() * scale));
    int height = Math.max(1, (int) Math.rint(image.height() * scale));
    return ImageScaler.scale(image, Rectangle.of(image), width, height);
  }

  private static BufferedImage buffered(RgbImage image) {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int rgb = image.sample(x, y, 0) << 16 | image.sample(x, y, 1) << 8 | image.sample(x, y, 2);
        buffered.setRGB(x, y, rgb);
      }
    }
    return buffered;
  }

  private static byte[] encode(BufferedImage image, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(jpeg)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return jpeg.toByteArray();
  }
}
