package org.touchstone.resolver.probe;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.ExifBlocks;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.HeifItems;
import org.touchstone.formats.JpegSegments;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.PixelSize;
import org.touchstone.formats.PngChunks;
import org.touchstone.formats.WebpHeader;
import org.touchstone.formats.completeness.Completeness;
import org.touchstone.formats.tiff.TiffFile;
import org.touchstone.formats.tiff.TiffPicture;

/** Reads a picture's size from its header, and whether most of it is there; decodes nothing. */
final class ImageProbe {
  private static final int HEADER_BYTES = 32;
  private static final int BMP_CORE_HEADER = 12;
  private static final int PNG_HEADER_BYTES = 13;

  private ImageProbe() {}

  /**
   * The upright size of the picture.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when the header gives no size;
   *     {@link ProblemType#MEDIA_UNSUPPORTED} when the picture is stored in a way that is not
   *     supported
   */
  static PixelSize size(Path file, MediaFormat format) throws IOException {
    try (ByteSource in = new ByteSource(file)) {
      return switch (format) {
        case AVIF, HEIC -> heif(in);
        case JPEG -> jpeg(in).turned(isQuarterTurn(file, format));
        case PNG -> png(in).turned(isQuarterTurn(file, format));
        case WEBP -> WebpHeader.read(in).size().turned(isQuarterTurn(file, format));
        case TIFF -> tiff(in);
        case GIF -> gif(header(in));
        case BMP -> bmp(header(in));
        default -> throw new IllegalArgumentException(format + " is not an image");
      };
    } catch (FormatException | EOFException | IndexOutOfBoundsException e) {
      throw new ProblemException(Problem.of(ProblemType.MEDIA_CORRUPT), e);
    }
  }

  /**
   * Checks that most of the picture is there.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when it is not, or when the file
   *     does not show it
   */
  static void requireMost(Path file, MediaFormat format) throws IOException {
    try {
      if (!Completeness.of(file, format).isMostThere()) {
        throw new FormatException("most of it is missing");
      }
    } catch (FormatException | EOFException e) {
      throw new ProblemException(Problem.of(ProblemType.MEDIA_CORRUPT), e);
    }
  }

  private static boolean isQuarterTurn(Path file, MediaFormat format) {
    return ExifBlocks.orientation(file, format).transposes();
  }

  private static PixelSize heif(ByteSource in) throws IOException {
    HeifItems items = HeifItems.read(in).orElseThrow(() -> new FormatException("no items"));
    PixelSize size = items.shownSize();
    if (!items.isDecodable()) {
      throw new ProblemException(
          ProblemType.MEDIA_UNSUPPORTED, "The codec of this picture is not supported.");
    }
    return size;
  }

  private static PixelSize jpeg(ByteSource in) throws IOException {
    LargestFrame largest = new LargestFrame();
    JpegSegments.walk(in, JpegSegments::isFrame, largest);
    if (largest.size == null) {
      throw new FormatException("no frame header");
    }
    return largest.size;
  }

  /** Keeps the largest frame size of a JPEG. */
  private static final class LargestFrame implements JpegSegments.Visitor {
    private PixelSize size;

    @Override
    public void segment(int marker, byte[] data) throws FormatException {
      ByteBuffer fields = ByteBuffer.wrap(data);
      PixelSize next =
          PixelSize.of(
              Short.toUnsignedInt(fields.getShort(3)), Short.toUnsignedInt(fields.getShort(1)));
      size = size == null || next.pixels() > size.pixels() ? next : size;
    }
  }

  private static PixelSize png(ByteSource in) throws IOException {
    PixelSize[] size = new PixelSize[1];
    PngChunks.walk(
        in,
        "IHDR"::equals,
        PNG_HEADER_BYTES,
        (type, data) -> {
          ByteBuffer header = ByteBuffer.wrap(data);
          size[0] = PixelSize.of(header.getInt(0), header.getInt(Integer.BYTES));
        });
    if (size[0] == null) {
      throw new FormatException("no header");
    }
    return size[0];
  }

  private static PixelSize tiff(ByteSource in) throws IOException {
    TiffPicture picture = TiffFile.read(in).main();
    return picture.size().turned(picture.orientation().transposes());
  }

  private static PixelSize gif(ByteBuffer header) throws FormatException {
    return PixelSize.of(uint16(header, 6), uint16(header, 8));
  }

  private static PixelSize bmp(ByteBuffer header) throws FormatException {
    if (header.getInt(14) == BMP_CORE_HEADER) {
      return PixelSize.of(uint16(header, 18), uint16(header, 20));
    }
    // A negative height means that the rows are stored from the top.
    return PixelSize.of(header.getInt(18), Math.abs((long) header.getInt(22)));
  }

  private static ByteBuffer header(ByteSource in) throws IOException {
    return in.buffer(0, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int uint16(ByteBuffer header, int at) {
    return Short.toUnsignedInt(header.getShort(at));
  }
}
