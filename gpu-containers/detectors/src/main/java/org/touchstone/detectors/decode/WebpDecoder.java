package org.touchstone.detectors.decode;

import java.io.IOException;
import java.nio.file.Path;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.WebpHeader;
import org.touchstone.formats.completeness.Completeness;

/**
 * Decodes WebP: still pictures with ffmpeg, whose decoder is more exact, and the first picture of
 * an animation with ImageIO, as ffmpeg does not read animations.
 */
record WebpDecoder(DecodeLimits limits) {

  RgbImage decode(Path file, Completeness completeness) {
    WebpHeader header = header(file);
    if (header.size().pixels() > limits.maxSourcePixels()) {
      throw ImageIoDecoder.tooLarge(limits);
    }
    if (header.animated()) {
      return new ImageIoDecoder(limits).decode(file, MediaFormat.WEBP, completeness);
    }
    if (!completeness.isWhole()) {
      return new CutWebp(limits).decode(file);
    }
    Deadline deadline = Deadline.in(limits.maxTime());
    try (VideoReader reader = VideoReader.open(file, limits.maxSourcePixels(), deadline)) {
      if (!reader.decodeNext()) {
        throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
      }
      return reader.image(limits.maxImagePixels());
    }
  }

  private static WebpHeader header(Path file) {
    try (ByteSource in = new ByteSource(file)) {
      return WebpHeader.read(in);
    } catch (IOException e) {
      throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.", e);
    }
  }
}
