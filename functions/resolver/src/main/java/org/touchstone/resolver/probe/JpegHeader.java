package org.touchstone.resolver.probe;

import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.jpeg.JpegSegmentData;
import com.drew.imaging.jpeg.JpegSegmentReader;
import com.drew.imaging.jpeg.JpegSegmentType;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.StreamReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The size of a JPEG picture, and whether the picture is whole. */
final class JpegHeader {
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final Set<JpegSegmentType> FRAMES =
      Set.of(
          JpegSegmentType.SOF0,
          JpegSegmentType.SOF1,
          JpegSegmentType.SOF2,
          JpegSegmentType.SOF3,
          JpegSegmentType.SOF5,
          JpegSegmentType.SOF6,
          JpegSegmentType.SOF7,
          JpegSegmentType.SOF9,
          JpegSegmentType.SOF10,
          JpegSegmentType.SOF11,
          JpegSegmentType.SOF13,
          JpegSegmentType.SOF14,
          JpegSegmentType.SOF15);

  private static final int MARKER = 0xFF;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int BUFFER = 64 * 1024;

  private JpegHeader() {}

  /**
   * @param in the file, buffered, at its beginning
   * @throws CorruptException when there is no frame header or no end of image
   */
  static PixelSize read(InputStream in) throws IOException {
    List<JpegSegmentType> wanted = new ArrayList<>(FRAMES);
    wanted.add(JpegSegmentType.APP1);
    JpegSegmentData segments;
    try {
      segments = JpegSegmentReader.readSegments(new StreamReader(in), wanted);
    } catch (JpegProcessingException e) {
      throw new CorruptException("not JPEG");
    }
    PixelSize size = size(segments);
    requireEnd(in);
    return size.turned(isQuarterTurn(segments));
  }

  private static PixelSize size(JpegSegmentData segments) throws IOException {
    PixelSize largest = null;
    for (JpegSegmentType type : FRAMES) {
      for (byte[] frame : segments.getSegments(type)) {
        if (frame.length < 5) {
          throw new CorruptException("short frame header");
        }
        ByteBuffer fields = ByteBuffer.wrap(frame);
        PixelSize next =
            PixelSize.of(
                Short.toUnsignedInt(fields.getShort(3)), Short.toUnsignedInt(fields.getShort(1)));
        largest = largest == null || next.pixels() > largest.pixels() ? next : largest;
      }
    }
    if (largest == null) {
      throw new CorruptException("no frame header");
    }
    return largest;
  }

  /**
   * Within entropy-coded data no byte 0xFF is followed by the end marker, so the pair is the end.
   */
  private static void requireEnd(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    boolean marker = false;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      for (int i = 0; i < count; i++) {
        int b = buffer[i] & 0xFF;
        if (marker && b == END_OF_IMAGE) {
          return;
        }
        marker = b == MARKER;
      }
    }
    throw new CorruptException("no end of image");
  }

  private static boolean isQuarterTurn(JpegSegmentData segments) {
    for (byte[] segment : segments.getSegments(JpegSegmentType.APP1)) {
      if (segment.length > EXIF.length
          && Arrays.equals(segment, 0, EXIF.length, EXIF, 0, EXIF.length)) {
        try {
          return TiffHeader.read(new ByteArrayReader(segment, EXIF.length)).isQuarterTurn();
        } catch (IOException damaged) {
          return false;
        }
      }
    }
    return false;
  }
}
