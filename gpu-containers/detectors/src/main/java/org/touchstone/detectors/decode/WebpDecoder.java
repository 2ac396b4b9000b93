package org.touchstone.detectors.decode;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.FileFormat;

/**
 * Decodes WebP: still pictures by ffmpeg, whose decoder is the more exact, and the first picture of
 * an animation, which ffmpeg does not read, by ImageIO.
 */
record WebpDecoder(DecodeLimits limits) {

  RgbImage decode(Path file) {
    Header header = Header.of(file);
    if ((long) header.width * header.height > limits.maxSourcePixels()) {
      throw ImageIoDecoder.tooLarge(limits);
    }
    if (header.animated) {
      return new ImageIoDecoder(limits).decode(file, FileFormat.WEBP);
    }
    Deadline deadline = Deadline.in(limits.maxTime());
    try (VideoReader reader = VideoReader.open(file, limits.maxSourcePixels(), deadline)) {
      if (!reader.decodeNext()) {
        throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
      }
      return reader.image(limits.maxImagePixels());
    }
  }

  /** What the first chunk says, whose layout depends on its type (RFC 9649). */
  private record Header(int width, int height, boolean animated) {
    private static final int BYTES = 32;
    private static final int TYPE_OFFSET = 12;
    private static final int DATA_OFFSET = 20;
    private static final int ANIMATION_FLAG = 2;
    private static final int BITS_24 = 0xffffff;
    private static final int BITS_14 = 0x3fff;

    static Header of(Path file) {
      try (InputStream in = new FileInputStream(file.toFile())) {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] type = new byte[Integer.BYTES];
        header.position(TYPE_OFFSET).get(type);
        return of(new String(type, StandardCharsets.ISO_8859_1), header.position(DATA_OFFSET));
      } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
        throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.", e);
      }
    }

    private static Header of(String type, ByteBuffer data) {
      return switch (type) {
        case "VP8X" -> {
          boolean animated = (data.getInt() & ANIMATION_FLAG) != 0;
          int width = (data.getInt() & BITS_24) + 1;
          data.position(data.position() - 1);
          yield new Header(width, (data.getInt() & BITS_24) + 1, animated);
        }
        case "VP8L" -> {
          data.get();
          int sizes = data.getInt();
          yield new Header((sizes & BITS_14) + 1, (sizes >> 14 & BITS_14) + 1, false);
        }
        case "VP8 " -> {
          data.position(data.position() + 6);
          yield new Header(data.getShort() & BITS_14, data.getShort() & BITS_14, false);
        }
        default -> throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
      };
    }
  }
}
