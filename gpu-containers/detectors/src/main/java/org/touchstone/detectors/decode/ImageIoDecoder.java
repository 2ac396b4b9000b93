package org.touchstone.detectors.decode;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReader;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.Pixels;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.completeness.Completeness;

/**
 * Decodes with ImageIO: Java's own readers, and TwelveMonkeys' for the JPEGs (CMYK, YCCK) and
 * animated WebPs that Java and ffmpeg do not read. Pictures too large to keep are decoded at a
 * fraction of their resolution by leaving out pixels.
 */
record ImageIoDecoder(DecodeLimits limits) {

  RgbImage decode(Path file, MediaFormat format, Completeness completeness) {
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      return decode(in, format, Growth.of(file, format, completeness));
    } catch (IOException | IndexOutOfBoundsException e) {
      throw damaged(e);
    }
  }

  RgbImage decode(ImageInputStream in, MediaFormat format, Growth growth) throws IOException {
    return decode(in, reader(format), growth);
  }

  /**
   * Decodes a picture.
   *
   * @param reader of its format; disposed of afterwards
   * @param growth what is there when the file ends too early
   */
  RgbImage decode(ImageInputStream in, ImageReader reader, Growth growth) {
    try {
      // Metadata is read elsewhere, within bounds; here it could only do harm.
      reader.setInput(in, true, true);
      return read(reader, growth);
    } catch (DetectionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers throw various runtime exceptions on damaged input.
      throw damaged(e);
    } finally {
      reader.dispose();
    }
  }

  private RgbImage read(ImageReader reader, Growth growth) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    long pixels = (long) width * height;
    if (pixels > limits.maxSourcePixels()) {
      throw tooLarge(limits);
    }
    ImageReadParam param = reader.getDefaultReadParam();
    int step = (int) Math.ceil(Math.sqrt((double) pixels / limits.maxImagePixels()));
    if (step > 1) {
      param.setSourceSubsampling(step, step, 0, 0);
    }
    TruncationWatch watch = new TruncationWatch();
    reader.addIIOReadProgressListener(watch);
    reader.addIIOReadWarningListener(watch);
    if (growth == Growth.WHOLE || reader instanceof JPEGImageReader) {
      BufferedImage image = reader.read(0, param);
      return watch.sawTruncation() ? complete(image, growth, watch) : Pixels.toRgb(image);
    }
    BufferedImage image =
        reader
            .getImageTypes(0)
            .next()
            .createBufferedImage(Math.ceilDiv(width, step), Math.ceilDiv(height, step));
    param.setDestination(image);
    try {
      reader.read(0, param);
      return Pixels.toRgb(image);
    } catch (IOException | RuntimeException end) {
      return complete(image, growth, watch);
    }
  }

  /** The complete rows of a picture that is cut off. */
  private static RgbImage complete(BufferedImage image, Growth growth, TruncationWatch watch) {
    int height = image.getHeight();
    int rows = growth.rows(watch.progress(), height);
    if (rows < Completeness.MIN_SHARE * height) {
      throw new DetectionException(Reason.CORRUPT, "It is cut off, and most of it is missing.");
    }
    return Pixels.toRgb(
        image.getSubimage(0, growth == Growth.UP ? height - rows : 0, image.getWidth(), rows));
  }

  static DetectionException damaged(Exception cause) {
    return new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.", cause);
  }

  static DetectionException tooLarge(DecodeLimits limits) {
    return new DetectionException(
        Reason.UNSUPPORTED,
        "It has more than %d megapixels.".formatted(limits.maxSourcePixels() / 1_000_000));
  }

  /** Readers are named, so that the class path does not decide which one is used. */
  private static ImageReader reader(MediaFormat format) throws IOException {
    return switch (format) {
      case JPEG -> jpeg().createReaderInstance(null);
      case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
      default -> ImageIO.getImageReadersByFormatName(format.name()).next();
    };
  }

  /** Lets TwelveMonkeys' other readers find its reader of JPEG. */
  static void registerJpeg() {
    jpeg();
  }

  /** TwelveMonkeys' reader uses Java's own, which it looks up when it is registered. */
  private static JPEGImageReaderSpi jpeg() {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    JPEGImageReaderSpi found = registry.getServiceProviderByClass(JPEGImageReaderSpi.class);
    if (found == null) {
      registry.registerServiceProvider(new JPEGImageReaderSpi());
      found = registry.getServiceProviderByClass(JPEGImageReaderSpi.class);
    }
    return found;
  }
}
