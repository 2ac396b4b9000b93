package org.touchstone.detectors.decode;

import java.nio.file.Path;
import java.util.Objects;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.Orientation;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.FileFormat;
import org.touchstone.provenance.MetadataReader;

/**
 * Decodes JPEG, PNG, GIF, BMP, TIFF, WebP, AVIF and HEIC, of animations the first picture. The size
 * is judged by the header; a picture above {@code limits.maxImagePixels()} is decoded at a lower
 * resolution.
 */
public final class ImageDecoder {
  private final DecodeLimits limits;
  private final MetadataReader metadata = new MetadataReader();

  public ImageDecoder(DecodeLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * The picture, upright.
   *
   * @throws DetectionException with {@link Reason#UNSUPPORTED} when it is of no known format or too
   *     large, {@link Reason#CORRUPT} when it is damaged or cut off
   */
  public RgbImage decode(Path file) {
    FileFormat format = KnownFormat.of(file);
    return switch (format) {
      // These boxes have a rotation of their own, which takes the place of the one in EXIF.
      case HEIF -> heif(file);
      case WEBP -> upright(file, new WebpDecoder(limits).decode(file));
      case JPEG, PNG, GIF, BMP, TIFF ->
          upright(file, new ImageIoDecoder(limits).decode(file, format));
      default ->
          throw new DetectionException(Reason.UNSUPPORTED, "It is no picture of a known format.");
    };
  }

  private RgbImage heif(Path file) {
    Deadline deadline = Deadline.in(limits.maxTime());
    return new HeifReader(file, limits.maxSourcePixels(), limits.maxImagePixels(), deadline).read();
  }

  private RgbImage upright(Path file, RgbImage image) {
    return Orientation.ofExif(metadata.orientation(file)).apply(image);
  }
}
