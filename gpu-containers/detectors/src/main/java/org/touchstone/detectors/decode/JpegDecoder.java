package org.touchstone.detectors.decode;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.Natives;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.JpegSegments;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.PixelSize;
import org.touchstone.formats.completeness.Completeness;

/**
 * Decodes JPEG. A picture too large to keep is decoded at a half, a quarter or an eighth of its
 * sides, which costs less than decoding it whole: of each block of 8 by 8 pixels only the low
 * frequencies are made into pixels, so that nothing is left out. Memory is that of the small
 * picture.
 */
record JpegDecoder(DecodeLimits limits) {
  static {
    Natives.configure();
  }

  private static final int SIZE_OFFSET = 1;
  private static final int COMPONENTS_OFFSET = 5;

  /** Ratio of the sides beyond which the picture is left to ImageIO. */
  private static final int MOST_REDUCED = 8;

  RgbImage decode(Path file, Completeness completeness) {
    Header header = header(file);
    int divisor = divisor(header.size.pixels());
    // OpenCV does not say what is missing, and mixes inks its own way.
    boolean plain = completeness.isWhole() && (header.components == 1 || header.components == 3);
    if (divisor == 1 || divisor > MOST_REDUCED || !plain) {
      return new ImageIoDecoder(limits).decode(file, MediaFormat.JPEG, completeness);
    }
    if (header.size.pixels() > limits.maxSourcePixels()) {
      throw ImageIoDecoder.tooLarge(limits);
    }
    return reduced(file, divisor).orElseGet(() -> otherwise(file, completeness));
  }

  /**
   * What OpenCV returns nothing for: it does not say whether the file or the machine is at fault.
   */
  RgbImage otherwise(Path file, Completeness completeness) {
    MediaFormat format = KnownFormat.of(file).orElseThrow(() -> ImageIoDecoder.damaged(null));
    return new ImageIoDecoder(limits).decode(file, format, completeness);
  }

  private record Header(PixelSize size, int components) {}

  private static Header header(Path file) {
    Header[] found = new Header[1];
    try (ByteSource in = new ByteSource(file)) {
      JpegSegments.walk(
          in,
          JpegSegments::isFrame,
          (marker, data) -> {
            ByteBuffer frame = ByteBuffer.wrap(data);
            int height = Short.toUnsignedInt(frame.getShort(SIZE_OFFSET));
            int width = Short.toUnsignedInt(frame.getShort(SIZE_OFFSET + Short.BYTES));
            found[0] = new Header(PixelSize.of(width, height), frame.get(COMPONENTS_OFFSET));
          });
    } catch (IOException | RuntimeException e) {
      throw ImageIoDecoder.damaged(e);
    }
    return found[0] == null ? new Header(new PixelSize(1, 1), 0) : found[0];
  }

  private int divisor(long pixels) {
    int divisor = 1;
    while (pixels > limits.maxImagePixels() * divisor * divisor) {
      divisor *= 2;
    }
    return divisor;
  }

  private static Optional<RgbImage> reduced(Path file, int divisor) {
    int flag =
        switch (divisor) {
          case 2 -> IMREAD_REDUCED_COLOR_2;
          case 4 -> IMREAD_REDUCED_COLOR_4;
          default -> IMREAD_REDUCED_COLOR_8;
        };
    try (Mat read = imread(file.toString(), flag | IMREAD_IGNORE_ORIENTATION)) {
      if (read.empty()) {
        return Optional.empty();
      }
      int width = read.cols();
      int height = read.rows();
      byte[] data = new byte[Math.multiplyExact(width * height, RgbImage.CHANNELS)];
      BytePointer from = read.data();
      from.capacity(data.length).get(data);
      for (int i = 0; i < data.length; i += RgbImage.CHANNELS) {
        byte blue = data[i];
        data[i] = data[i + 2];
        data[i + 2] = blue;
      }
      return Optional.of(new RgbImage(width, height, data));
    } catch (RuntimeException e) {
      throw ImageIoDecoder.damaged(e);
    }
  }
}
