package org.touchstone.formats.completeness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.JpegSegments;

/** The end of a JPEG (ITU-T T.81). */
final class JpegEnd {
  private static final int BUFFER = 64 << 10;
  private static final int START_OF_SCAN = 0xda;
  private static final int PROGRESSIVE = 0xc2;
  private static final int PROGRESSIVE_ARITHMETIC = 0xca;

  private JpegEnd() {}

  /**
   * Within entropy-coded data no byte 0xFF is followed by a marker of a segment, so the pair is a
   * segment or the end. A progressive picture is sharpened by each scan: the first has its means,
   * the second its coarse details, so it is not judged without those.
   *
   * @throws FormatException when the file ends before its picture begins
   */
  static Completeness find(ByteSource in, Path file) throws IOException {
    boolean[] progressive = new boolean[1];
    JpegScan scan = new JpegScan();
    long first =
        JpegSegments.walk(
            in,
            marker ->
                JpegSegments.isFrame(marker)
                    || marker == JpegScan.HUFFMAN_TABLES
                    || marker == JpegScan.RESTART_INTERVAL,
            (marker, data) -> {
              progressive[0] |= marker == PROGRESSIVE || marker == PROGRESSIVE_ARITHMETIC;
              scan.segment(marker, data);
            });
    if (first >= in.size()) {
      throw new FormatException("no picture");
    }
    int scans = 0;
    try (InputStream rest = Files.newInputStream(file)) {
      rest.skipNBytes(first);
      byte[] buffer = new byte[BUFFER];
      boolean marker = false;
      for (int count = rest.read(buffer); count >= 0; count = rest.read(buffer)) {
        for (int i = 0; i < count; i++) {
          int b = buffer[i] & 0xFF;
          if (marker && b == JpegSegments.END_OF_IMAGE) {
            return Completeness.WHOLE;
          }
          if (marker && b == START_OF_SCAN) {
            scans++;
          }
          marker = b == JpegSegments.MARKER;
        }
      }
    }
    if (!progressive[0]) {
      double share = scan.share(file, first);
      return Double.isNaN(share) ? Completeness.CUT_OFF : Completeness.cutOff(share);
    }
    // The last scan is the one that is cut off.
    return Completeness.cutOff(scans > 2 ? 1 : 0);
  }
}
