package org.touchstone.detectors.decode;

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

/**
 * Decodes with ImageIO: Java's own readers, and TwelveMonkeys' for the JPEGs (CMYK, YCCK) and
 * animated WebPs that Java and ffmpeg do not read. Pictures too large to keep are decoded at a
 * fraction of their resolution by leaving out pixels.
 */
record ImageIoDecoder(DecodeLimits limits) {

  RgbImage decode(Path file, MediaFormat format) {
    ImageReader reader = null;
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      reader = reader(format);
      // Metadata is read elsewhere, within bounds; here it could only do harm.
      reader.setInput(in, true, true);
      return read(reader);
    } catch (DetectionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers throw various runtime exceptions on damaged input.
      throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.", e);
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  private RgbImage read(ImageReader reader) throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
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
    BufferedImage image = reader.read(0, param);
    if (watch.sawTruncation()) {
      throw new DetectionException(Reason.CORRUPT, "It is cut off.");
    }
    return Pixels.toRgb(image);
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
