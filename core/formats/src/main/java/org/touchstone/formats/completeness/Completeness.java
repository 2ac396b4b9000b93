package org.touchstone.formats.completeness;

import java.io.IOException;
import java.nio.file.Path;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.MediaFormat;

/**
 * Whether a file has its end, as told by its own headers. A medium whose end is missing is still
 * judged if most of its picture is there, or any of its recording; the result says that the file is
 * incomplete.
 *
 * @param isWhole whether nothing is missing, as far as its format tells
 * @param share how much of the picture can be decoded, from 0 to 1; NaN where only decoding can
 *     tell, and for recordings
 */
public record Completeness(boolean isWhole, double share) {
  /** The least share of a picture that is judged. */
  public static final double MIN_SHARE = 0.5;

  /** What the result says about a file that is not whole. */
  public static final String SENTENCE =
      "The file is incomplete: its end is missing. Only what is there was judged.";

  /** Nothing is missing. */
  public static final Completeness WHOLE = new Completeness(true, 1);

  /** Something is missing, and only decoding can tell how much. */
  static final Completeness CUT_OFF = new Completeness(false, Double.NaN);

  static Completeness cutOff(double share) {
    return new Completeness(false, Math.clamp(share, 0, 1));
  }

  static Completeness cutOffIf(boolean missing) {
    return missing ? CUT_OFF : WHOLE;
  }

  /**
   * Looks for the end of a file.
   *
   * @param format the file's sniffed format
   * @throws IOException when it cannot be read, or violates its format
   */
  public static Completeness of(Path file, MediaFormat format) throws IOException {
    try (ByteSource in = new ByteSource(file)) {
      return switch (format) {
        case JPEG -> JpegEnd.find(in, file);
        case PNG -> PngEnd.find(in, file);
        case GIF -> GifEnd.find(file);
        case WEBP -> PictureEnds.webp(in);
        case AVIF, HEIC -> PictureEnds.heif(in);
        case BMP -> PictureEnds.bmp(in);
        case TIFF -> PictureEnds.tiff(in);
        case MP4, M4A, QUICKTIME, THREE_GPP -> ContainerEnds.boxes(in);
        case AVI, WAV -> ContainerEnds.riff(in);
        case AIFF -> ContainerEnds.aiff(in);
        case MATROSKA, WEBM -> ContainerEnds.matroska(in);
        case CAF -> ContainerEnds.caf(in);
        case ASF -> ContainerEnds.asf(in);
        // Streams of packets may end anywhere.
        case MPEG_TS, MPEG_PS, MPEG_VIDEO, FLV, OGG, MXF, MP3, FLAC, AAC, AMR -> WHOLE;
      };
    } catch (IndexOutOfBoundsException | java.nio.BufferUnderflowException e) {
      throw new org.touchstone.formats.FormatException("a header is cut off", e);
    }
  }

  /** Whether a picture is worth decoding. */
  public boolean isMostThere() {
    return Double.isNaN(share) || share >= MIN_SHARE;
  }
}
