package org.touchstone.resolver.probe;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.png.PngHeader;
import com.drew.imaging.png.PngProcessingException;
import com.drew.lang.BufferBoundsException;
import com.drew.lang.RandomAccessFileReader;
import com.drew.lang.StreamReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.MediaFormat;

/** Reads a picture's size from its header; decodes nothing. */
final class ImageProbe {
  private ImageProbe() {}

  /**
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when the header does not give a
   *     size, or shows that the file ends too early
   */
  static PixelSize size(Path file, MediaFormat format) throws IOException {
    try {
      return switch (format) {
        case JPEG -> {
          try (InputStream in = buffered(file)) {
            yield JpegHeader.read(in);
          }
        }
        case PNG -> {
          try (InputStream in = buffered(file)) {
            yield png(in);
          }
        }
        case TIFF -> {
          try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            yield tiff(in);
          }
        }
        case AVIF, HEIC -> {
          try (FileChannel in = FileChannel.open(file)) {
            yield HeifHeader.read(in);
          }
        }
        case GIF, BMP, WEBP -> FixedHeaders.read(head(file), Files.size(file), format);
        default -> throw new IllegalArgumentException(format + " is no image");
      };
    } catch (CorruptException | EOFException | BufferBoundsException | ImageProcessingException e) {
      throw new ProblemException(Problem.of(ProblemType.MEDIA_CORRUPT), e);
    }
  }

  private static InputStream buffered(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
  }

  private static ByteBuffer head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ByteBuffer.wrap(in.readNBytes(FixedHeaders.LENGTH)).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** Walks all chunks to the last, so a file that was cut off is noticed. */
  private static PixelSize png(InputStream in) throws IOException, PngProcessingException {
    var chunks =
        new PngChunkReader().extract(new CappedReader(in), Set.of(PngChunkType.IHDR)).iterator();
    if (!chunks.hasNext()) {
      throw new CorruptException("no header");
    }
    PngHeader header = new PngHeader(chunks.next().getBytes());
    return PixelSize.of(header.getImageWidth(), header.getImageHeight());
  }

  private static PixelSize tiff(RandomAccessFile in) throws IOException {
    TiffHeader header = TiffHeader.read(new RandomAccessFileReader(in));
    if (header.width() == null || header.height() == null) {
      throw new CorruptException("no size");
    }
    return PixelSize.of(header.width(), header.height()).turned(header.isQuarterTurn());
  }

  /** Never allocates what a chunk claims to hold; the one chunk that is wanted has 13 bytes. */
  private static final class CappedReader extends StreamReader {
    private static final int MOST = 64;

    CappedReader(InputStream in) {
      super(in);
    }

    @Override
    public byte[] getBytes(int count) throws IOException {
      if (count > MOST) {
        throw new CorruptException("chunk of impossible size");
      }
      return super.getBytes(count);
    }
  }
}
