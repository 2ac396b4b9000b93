package org.touchstone.formats;

import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Streams of MPEG audio frames, MP3 and AAC, and what may follow a tag. A frame's signature is only
 * a few bits, so it counts only when the next frame begins where it must.
 */
final class MpegAudio {
  /** kbit/s by version and layer (ISO/IEC 11172-3 §2.4.2.3, 13818-3 §2.4.2.3). */
  private static final int[][] BITRATES = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
  };

  private static final int[] SAMPLE_RATES = {44_100, 48_000, 32_000};
  private static final int ADTS_HEADER = 7;

  /** Frames in a row that tell sound from chance where the place of the first is not known. */
  private static final int FRAMES_FOUND = 4;

  /** Longer than any frame: 1440 bytes for MP3, and 8 channels of 768 bytes for AAC. */
  private static final int SEARCHED = 8 * 1024;

  /** Bits of a frame's first three bytes that do not change in a stream: sync, version, layer. */
  private static final int SAME_STREAM = 0xFFFE;

  private MpegAudio() {}

  /** The format of sound that begins at the start or after tags. */
  static Optional<MediaFormat> sniff(Head head) {
    int start = LeadingTags.end(head);
    boolean tagged = start > 0;
    while (tagged && head.at(start) == 0) {
      // Some writers pad a tag beyond its end.
      start++;
    }
    if (head.hasAt(start, "fLaC\0\0\0\"")) {
      return Optional.of(MediaFormat.FLAC);
    }
    if (frames(head, start, 2, at -> mpegFrame(head, at))) {
      return Optional.of(MediaFormat.MP3);
    }
    if (frames(head, start, 2, at -> adtsFrame(head, at))) {
      return Optional.of(MediaFormat.AAC);
    }
    if (!tagged) {
      return Optional.empty();
    }
    // The data may lie beyond the head; the demuxer will decide.
    return search(head, start).or(() -> Optional.of(MediaFormat.MP3));
  }

  /** The format of sound that begins after a few other bytes. */
  static Optional<MediaFormat> search(Head head) {
    return search(head, 0);
  }

  private static Optional<MediaFormat> search(Head head, int from) {
    for (int at = from; at < from + SEARCHED && at < head.length(); at++) {
      if (head.at(at) == 0xFF) {
        if (frames(head, at, FRAMES_FOUND, frame -> mpegFrame(head, frame))) {
          return Optional.of(MediaFormat.MP3);
        }
        if (frames(head, at, FRAMES_FOUND, frame -> adtsFrame(head, frame))) {
          return Optional.of(MediaFormat.AAC);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whether frames of one stream follow each other.
   *
   * @param length the length of the frame that begins at an offset, or -1
   */
  private static boolean frames(Head head, int from, int count, IntUnaryOperator length) {
    int at = from;
    for (int i = 0; i < count; i++) {
      int bytes = length.applyAsInt(at);
      boolean same = (head.uint16At(at) & SAME_STREAM) == (head.uint16At(from) & SAME_STREAM);
      if (bytes <= 0 || !same) {
        return false;
      }
      at += bytes;
    }
    return true;
  }

  /** The length in bytes of the MPEG audio frame that begins here, or -1. */
  private static int mpegFrame(Head head, int at) {
    int b1 = head.at(at + 1);
    int b2 = head.at(at + 2);
    if (head.at(at) != 0xFF || b1 < 0xE0 || b2 < 0) {
      return -1;
    }
    int version = b1 >> 3 & 3;
    int layer = 4 - (b1 >> 1 & 3);
    int bitrateIndex = b2 >> 4;
    int rateIndex = b2 >> 2 & 3;
    if (version == 1 || layer == 4 || bitrateIndex == 0 || bitrateIndex == 15 || rateIndex == 3) {
      return -1;
    }
    boolean mpeg1 = version == 3;
    int table = mpeg1 ? layer - 1 : layer == 1 ? 3 : 4;
    int bitsPerSecond = BITRATES[table][bitrateIndex] * 1000;
    int sampleRate = SAMPLE_RATES[rateIndex] >> (mpeg1 ? 0 : version == 2 ? 1 : 2);
    int padding = b2 >> 1 & 1;
    if (layer == 1) {
      return (12 * bitsPerSecond / sampleRate + padding) * 4;
    }
    int samplesPerByte = layer == 3 && !mpeg1 ? 72 : 144;
    return samplesPerByte * bitsPerSecond / sampleRate + padding;
  }

  /** The length in bytes of the ADTS frame that begins here, or -1. */
  private static int adtsFrame(Head head, int at) {
    if (head.at(at) != 0xFF || (head.at(at + 1) & 0xF6) != 0xF0 || head.at(at + 5) < 0) {
      return -1;
    }
    int rateIndex = head.at(at + 2) >> 2 & 0xF;
    int length = (head.at(at + 3) & 3) << 11 | head.at(at + 4) << 3 | head.at(at + 5) >> 5;
    return rateIndex > 12 || length < ADTS_HEADER ? -1 : length;
  }
}
