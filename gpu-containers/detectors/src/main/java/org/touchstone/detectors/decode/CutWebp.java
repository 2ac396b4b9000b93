package org.touchstone.detectors.decode;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.RiffChunks;
import org.touchstone.formats.completeness.Completeness;

/**
 * Decodes a still WebP whose end is missing. Its decoder does not say how far it got, so it decodes
 * the picture with two different fillings of the missing part: rows that are the same in both do
 * not depend on what is missing.
 */
record CutWebp(DecodeLimits limits) {
  private static final int RIFF_HEADER = 8;
  private static final int MAX_BYTES = 256 << 20;

  /** The decoder may read a little ahead. */
  private static final int SPARE = 4096;

  private static final byte[] FILLINGS = {0, (byte) 0xa5};

  RgbImage decode(Path file) {
    try (ByteSource in = new ByteSource(file)) {
      long end = endOfPicture(in);
      if (end > MAX_BYTES) {
        throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
      }
      byte[] there = in.read(0, Math.min(end, in.size()));
      RgbImage first = decode(there, (int) end, FILLINGS[0]);
      if (there.length == end) {
        return first;
      }
      return same(first, decode(there, (int) end, FILLINGS[1]));
    } catch (IOException e) {
      throw ImageIoDecoder.damaged(e);
    }
  }

  private static long endOfPicture(ByteSource in) throws IOException {
    long[] end = {0};
    RiffChunks.walk(
        in,
        (type, data, length) -> {
          if (type.equals("VP8 ") || type.equals("VP8L")) {
            end[0] = data + length;
          }
        });
    return end[0];
  }

  private RgbImage decode(byte[] there, int end, byte filling) throws IOException {
    byte[] filled = Arrays.copyOf(there, end + SPARE);
    Arrays.fill(filled, there.length, filled.length, filling);
    ByteBuffer.wrap(filled).order(ByteOrder.LITTLE_ENDIAN).putInt(Integer.BYTES, end - RIFF_HEADER);
    return new ImageIoDecoder(limits)
        .decode(
            new MemoryCacheImageInputStream(new ByteArrayInputStream(filled)),
            new WebPImageReaderSpi().createReaderInstance(null),
            Growth.WHOLE);
  }

  private static RgbImage same(RgbImage first, RgbImage second) {
    int row = first.width() * RgbImage.CHANNELS;
    int different = Arrays.mismatch(first.data(), second.data());
    int rows = different < 0 ? first.height() : different / row;
    if (rows < Completeness.MIN_SHARE * first.height()) {
      throw new DetectionException(Reason.CORRUPT, "It is cut off, and most of it is missing.");
    }
    return first.part(new Rectangle(0, 0, first.width(), rows));
  }
}
