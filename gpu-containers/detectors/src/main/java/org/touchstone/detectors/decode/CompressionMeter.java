package org.touchstone.detectors.decode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Modality;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.JpegSegments;
import org.touchstone.models.Compression;

/** Says roughly how much a file was compressed, without decoding it. */
public final class CompressionMeter {
  /** Bits for each pixel below which a video is strongly compressed. */
  private static final double FEW_BITS = 0.05;

  private static final int QUANTISATION_TABLES = 0xdb;
  private static final int TABLE_VALUES = 64;

  /**
   * Sum of the luminance table that libjpeg uses at quality 50 (ITU-T T.81, table K.1). Quality
   * scales the table, so a larger sum means a lower quality.
   */
  private static final int SUM_AT_QUALITY_50 = 3688;

  private final DecodeLimits limits;

  public CompressionMeter(DecodeLimits limits) {
    this.limits = limits;
  }

  /** How much a medium was compressed; empty when the file does not say. */
  public Optional<Compression> of(Path file, Modality modality) {
    return switch (modality) {
      case IMAGE -> jpeg(file);
      case VIDEO -> video(file);
      case AUDIO -> Optional.empty();
    };
  }

  private static Optional<Compression> jpeg(Path file) {
    try (ByteSource in = new ByteSource(file)) {
      if (in.size() < 2 || in.buffer(0, 2).getShort(0) != (short) 0xffd8) {
        return Optional.empty();
      }
      int[] sum = {0};
      JpegSegments.walk(
          in,
          marker -> marker == QUANTISATION_TABLES,
          (marker, data) -> sum[0] = Math.max(sum[0], luminance(data)));
      return sum[0] == 0
          ? Optional.empty()
          : Optional.of(sum[0] > SUM_AT_QUALITY_50 ? Compression.STRONG : Compression.LIGHT);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The sum of table 0, which holds for luminance; 0 when the segment has none. */
  private static int luminance(byte[] data) {
    int at = 0;
    while (at < data.length) {
      int bytes = (data[at] & 0xf0) == 0 ? 1 : 2;
      boolean wanted = (data[at] & 0xf) == 0;
      at++;
      if (at + TABLE_VALUES * bytes > data.length) {
        return 0;
      }
      if (wanted) {
        int sum = 0;
        for (int i = at; i < at + TABLE_VALUES * bytes; i += bytes) {
          sum += bytes == 1 ? data[i] & 0xff : (data[i] & 0xff) << 8 | data[i + 1] & 0xff;
        }
        return sum;
      }
      at += TABLE_VALUES * bytes;
    }
    return 0;
  }

  private Optional<Compression> video(Path file) {
    OptionalDouble bits = bitsPerPixel(file);
    return bits.isEmpty()
        ? Optional.empty()
        : Optional.of(bits.getAsDouble() < FEW_BITS ? Compression.STRONG : Compression.LIGHT);
  }

  private OptionalDouble bitsPerPixel(Path file) {
    Deadline deadline = Deadline.in(limits.maxTime());
    try (VideoReader video = VideoReader.open(file, limits.maxSourcePixels(), deadline)) {
      // Sound, padding and a wrong length in the header would make it look less compressed.
      VideoReader.Extent extent = video.measure();
      double bits = (double) Byte.SIZE * extent.bytes() / extent.packets() / video.pixels();
      return Double.isFinite(bits) ? OptionalDouble.of(bits) : OptionalDouble.empty();
    } catch (DetectionException e) {
      return OptionalDouble.empty();
    }
  }
}
