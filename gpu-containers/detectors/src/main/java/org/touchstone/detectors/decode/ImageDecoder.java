package org.touchstone.detectors.decode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.ExifBlocks;
import org.touchstone.formats.LargePictures;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.completeness.Completeness;

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
    Completeness completeness = completeness(file, format);
    if (!completeness.isMostThere()) {
      throw new DetectionException(Reason.CORRUPT, "It is cut off, and most of it is missing.");
    }
    return switch (format) {
      // These boxes have their own rotation, which replaces the one in EXIF.
      case AVIF, HEIC -> heif(file);
      case WEBP -> upright(file, format, new WebpDecoder(limits).decode(file, completeness));
      case TIFF -> new TiffDecoder(limits).decode(file);
      case JPEG ->
          upright(file, format, new JpegDecoder(limits(file, format)).decode(file, completeness));
      case PNG, GIF, BMP ->
          upright(file, format, new ImageIoDecoder(limits).decode(file, format, completeness));
      default -> throw unknown();
    };
  }

  /** Pictures that are decoded piece by piece may be larger. */
  private DecodeLimits limits(Path file, MediaFormat format) {
    try {
      return limits.withMaxSourcePixels(
          LargePictures.maxPixels(file, format, limits.maxSourcePixels()));
    } catch (IOException | RuntimeException e) {
      throw ImageIoDecoder.damaged(e);
    }
  }

  private static Completeness completeness(Path file, MediaFormat format) {
    try {
      return Completeness.of(file, format);
    } catch (IOException e) {
      throw ImageIoDecoder.damaged(e);
    }
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
