package org.touchstone.detectors.decode;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.Mosaic;
import org.touchstone.detectors.pixels.Pixels;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.Reason;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.PixelSize;
import org.touchstone.formats.WebpHeader;
import org.touchstone.formats.tiff.TiffFile;
import org.touchstone.formats.tiff.TiffPicture;

/**
 * Decodes the main picture of TIFF, or the largest preview of a raw photograph. The directories are
 * read by {@link TiffFile}; a library sees only that of the picture.
 */
record TiffDecoder(DecodeLimits limits) {
  /** Libraries decode to the file's own samples; larger pixels than RGB of 16 bits are fewer. */
  private static final long PIXEL_BYTES = 6;

  /** How many bands have as many pixels as a whole picture that is not decoded smaller. */
  private static final long BANDS = 8;

  /** The picture, upright. */
  RgbImage decode(Path file) {
    try (ByteSource in = new ByteSource(file)) {
      TiffPicture picture = TiffFile.read(in).main();
      if (picture.size().pixels() > limits.maxSourcePixels()) {
        throw ImageIoDecoder.tooLarge(limits);
      }
      return decode(file, in, picture).turned(picture.orientation());
    } catch (ProblemException e) {
      throw new DetectionException(Reason.UNSUPPORTED, e.problem().detail(), e);
    } catch (DetectionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw ImageIoDecoder.damaged(e);
    }
  }

  private RgbImage decode(Path file, ByteSource in, TiffPicture picture) throws IOException {
    Growth growth = picture.isWhole() ? Growth.WHOLE : Growth.DOWN;
    if (picture.jpeg().isPresent()) {
      TiffPicture.Part part = picture.jpeg().get();
      byte[] jpeg = in.part(part.offset(), part.length()).buffer(0, part.length()).array();
      return new ImageIoDecoder(limits).decode(memory(jpeg), MediaFormat.JPEG, growth);
    }
    if (picture.isWebp()) {
      return tiles(in, picture);
    }
    if (picture.hasFractions() && picture.size().pixels() > limits.maxImagePixels()) {
      return bands(file, picture);
    }
    long spare = Math.max(1, picture.bytesPerPixel() / PIXEL_BYTES);
    ImageIoDecoder decoder =
        new ImageIoDecoder(limits.withMaxImagePixels(limits.maxImagePixels() / spare));
    try (ImageInputStream stream = new OverlaidFile(file, picture.extract())) {
      // The library looks up a reader of JPEG for strips of JPEG.
      ImageIoDecoder.registerJpeg();
      ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
      return decoder.decode(stream, reader, growth);
    }
  }

  /** Row after row of strips, as the library cannot leave pixels with fractions out. */
  private RgbImage bands(Path file, TiffPicture picture) throws IOException {
    if (!picture.isWhole()) {
      throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
    }
    PixelSize size = picture.size();
    Mosaic mosaic = new Mosaic(size.width(), size.height(), limits.maxImagePixels());
    Deadline deadline = Deadline.in(limits.maxTime());
    int room = (int) Math.clamp(limits.maxImagePixels() / BANDS / size.width(), 1, size.height());
    // No band ends within the rows that become one.
    int rows = Math.ceilDiv(room, mosaic.step()) * mosaic.step();
    try (ImageInputStream stream = new OverlaidFile(file, picture.extract())) {
      ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
      try {
        reader.setInput(stream, false, true);
        for (int y = 0; y < size.height(); y += rows) {
          if (deadline.passed()) {
            throw new DetectionException(Reason.TIMEOUT, "Decoding it took too long.");
          }
          ImageReadParam param = reader.getDefaultReadParam();
          int height = Math.min(rows, size.height() - y);
          param.setSourceRegion(new Rectangle(0, y, size.width(), height));
          mosaic.paste(0, y, Pixels.toRgb(reader.read(0, param)));
        }
      } finally {
        reader.dispose();
      }
    }
    return mosaic.image();
  }

  private static ImageInputStream memory(byte[] bytes) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  /** Strips or tiles that are WebP, row by row. */
  private RgbImage tiles(ByteSource in, TiffPicture picture) throws IOException {
    PixelSize size = picture.size();
    Mosaic mosaic = new Mosaic(size.width(), size.height(), limits.maxImagePixels());
    Deadline deadline = Deadline.in(limits.maxTime());
    int columns = Math.ceilDiv(size.width(), picture.tileWidth());
    TiffPicture.Part[] parts = picture.parts();
    if (parts.length < (long) columns * Math.ceilDiv(size.height(), picture.tileHeight())) {
      throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
    }
    for (int i = 0; i < parts.length; i++) {
      if (deadline.passed()) {
        throw new DetectionException(Reason.TIMEOUT, "Decoding it took too long.");
      }
      byte[] tile = in.read(parts[i].offset(), parts[i].length());
      PixelSize claimed = WebpHeader.read(ByteSource.of(tile)).size();
      if (claimed.width() > picture.tileWidth() || claimed.height() > picture.tileHeight()) {
        throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
      }
      ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
      RgbImage image = new ImageIoDecoder(limits).decode(memory(tile), reader, Growth.WHOLE);
      mosaic.paste(i % columns * picture.tileWidth(), i / columns * picture.tileHeight(), image);
    }
    return mosaic.image();
  }
}
