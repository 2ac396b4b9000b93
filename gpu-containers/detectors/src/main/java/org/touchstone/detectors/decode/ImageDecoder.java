package org.touchstone.detectors.decode;

import java.nio.file.Path;
import java.util.Objects;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.ExifBlocks;
import org.touchstone.formats.MediaFormat;

/**
 * Decodes JPEG, PNG, GIF, BMP, TIFF, WebP, AVIF and HEIC; animations give their first picture. The
 * size is checked in the header; a picture above {@code limits.maxImagePixels()} is decoded at a
 * lower resolution.
 */
public final class ImageDecoder {
  private final DecodeLimits limits;

  public ImageDecoder(DecodeLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * The picture, upright.
   *
   * @throws DetectionException with {@link Reason#UNSUPPORTED} when its format is not known or it
   *     is too large, {@link Reason#CORRUPT} when it is damaged or cut off
   */
  public RgbImage decode(Path file) {
    MediaFormat format = KnownFormat.of(file).orElseThrow(ImageDecoder::unknown);
    return switch (format) {
      // These boxes have their own rotation, which replaces the one in EXIF.
      case AVIF, HEIC -> heif(file);
      case WEBP -> upright(file, format, new WebpDecoder(limits).decode(file));
      case JPEG, PNG, GIF, BMP, TIFF ->
          upright(file, format, new ImageIoDecoder(limits).decode(file, format));
      default -> throw unknown();
    };
  }

  private static DetectionException unknown() {
    return new DetectionException(Reason.UNSUPPORTED, "It is not a picture of a known format.");
  }

  private RgbImage heif(Path file) {
    Deadline deadline = Deadline.in(limits.maxTime());
    return new HeifReader(file, limits.maxSourcePixels(), limits.maxImagePixels(), deadline).read();
  }

  private static RgbImage upright(Path file, MediaFormat format, RgbImage image) {
    return image.turned(ExifBlocks.orientation(file, format));
  }
}
