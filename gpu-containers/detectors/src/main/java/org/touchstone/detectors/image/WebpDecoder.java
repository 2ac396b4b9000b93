package org.touchstone.detectors.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.touchstone.detectors.DecodeLimits;
import org.touchstone.detectors.DetectionException;
import org.touchstone.detectors.media.Deadline;
import org.touchstone.detectors.media.FileFormat;
import org.touchstone.detectors.media.VideoReader;
import org.touchstone.domain.Reason;

/**
 * Decodes WebP: still pictures by ffmpeg, whose decoder is the more exact, and the first picture of
 * an animation, which ffmpeg does not read, by ImageIO.
 */
record WebpDecoder(DecodeLimits limits) {
  private static final int EXTENDED_HEADER_OFFSET = 12;
  private static final int FLAGS_OFFSET = 20;
  private static final int ANIMATION_FLAG = 2;

  RgbImage decode(Path file) {
    if (isAnimated(file)) {
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

  private static boolean isAnimated(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] header = in.readNBytes(FLAGS_OFFSET + 1);
      return header.length > FLAGS_OFFSET
          && new String(header, EXTENDED_HEADER_OFFSET, 4, StandardCharsets.ISO_8859_1)
              .equals("VP8X")
          && (header[FLAGS_OFFSET] & ANIMATION_FLAG) != 0;
    } catch (IOException e) {
      throw new DetectionException(Reason.CORRUPT, "It cannot be read.", e);
    }
  }
}
