package org.touchstone.formats;

import java.util.Optional;

/**
 * MPEG streams of video. Their signatures are only a few bits, so they count only when they repeat
 * where the next packet or frame must begin.
 */
final class Mpeg {
  private static final int TS_SYNC = 0x47;
  private static final int TS_PACKET = 188;

  /** Blu-ray's and camcorders' transport streams have four bytes of time before each packet. */
  private static final int TIMED_TS_PACKET = 192;

  private static final int TS_PACKETS = 4;

  private static final int MAX_ASPECT = 4;
  private static final int MAX_FRAME_RATE = 8;

  private Mpeg() {}

  static Optional<MediaFormat> container(Head head) {
    if (hasSyncs(head, 0, TS_PACKET) || hasSyncs(head, 4, TIMED_TS_PACKET)) {
      return Optional.of(MediaFormat.MPEG_TS);
    }
    boolean pack = head.startsWith("\0\0\u0001\u00BA");
    boolean mpeg2 = (head.at(4) & 0xC4) == 0x44;
    boolean mpeg1 = (head.at(4) & 0xF1) == 0x21;
    if (pack && (mpeg2 || mpeg1)) {
      return Optional.of(MediaFormat.MPEG_PS);
    }
    return isSequence(head) ? Optional.of(MediaFormat.MPEG_VIDEO) : Optional.empty();
  }

  /** A sequence header with a size and valid codes (ISO/IEC 13818-2 §6.2.2.1). */
  private static boolean isSequence(Head head) {
    int width = head.at(4) << 4 | head.at(5) >> 4;
    int height = (head.at(5) & 0xF) << 8 | head.at(6);
    int aspect = head.at(7) >> 4;
    int frameRate = head.at(7) & 0xF;
    boolean marker = head.at(10) >= 0 && (head.at(10) & 0x20) != 0;
    return head.startsWith("\0\0\u0001\u00B3")
        && width > 0
        && height > 0
        && aspect >= 1
        && aspect <= MAX_ASPECT
        && frameRate >= 1
        && frameRate <= MAX_FRAME_RATE
        && marker;
  }

  private static boolean hasSyncs(Head head, int offset, int packet) {
    for (int i = 0; i < TS_PACKETS; i++) {
      if (head.at(offset + i * packet) != TS_SYNC) {
        return false;
      }
    }
    return true;
  }
}
