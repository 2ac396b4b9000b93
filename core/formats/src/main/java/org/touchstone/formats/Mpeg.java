package org.touchstone.formats;

import java.util.Optional;

/**
 * MPEG streams. Their signatures are only a few bits, so they count only when they repeat where the
 * next packet or frame must begin.
 */
final class Mpeg {
  private static final int TS_SYNC = 0x47;
  private static final int TS_PACKET = 188;

  /** Blu-ray's and camcorders' transport streams have four bytes of time before each packet. */
  private static final int TIMED_TS_PACKET = 192;

  private static final int TS_PACKETS = 4;

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

  private Mpeg() {}

  static Optional<MediaFormat> container(Head head) {
    if (hasSyncs(head, 0, TS_PACKET) || hasSyncs(head, 4, TIMED_TS_PACKET)) {
      return Optional.of(MediaFormat.MPEG_TS);
    }
    boolean pack = head.startsWith("\0\0\u0001\u00BA");
    boolean mpeg2 = (head.at(4) & 0xC4) == 0x44;
    boolean mpeg1 = (head.at(4) & 0xF1) == 0x21;
    return pack && (mpeg2 || mpeg1) ? Optional.of(MediaFormat.MPEG_PS) : Optional.empty();
  }

  private static boolean hasSyncs(Head head, int offset, int packet) {
    for (int i = 0; i < TS_PACKETS; i++) {
      if (head.at(offset + i * packet) != TS_SYNC) {
        return false;
      }
    }
    return true;
  }

  static Optional<MediaFormat> audio(Head head) {
    int start = afterTags(head);
    boolean tagged = start > 0;
    while (tagged && head.at(start) == 0) {
      // Some writers pad a tag beyond its end.
      start++;
    }
    if (head.hasAt(start, "fLaC\0\0\0\"")) {
      return Optional.of(MediaFormat.FLAC);
    }
    int mp3 = mpegAudioFrame(head, start);
    if (mp3 > 0 && mpegAudioFrame(head, start + mp3) > 0) {
      return Optional.of(MediaFormat.MP3);
    }
    int adts = adtsFrame(head, start);
    if (adts > 0 && adtsFrame(head, start + adts) > 0) {
      return Optional.of(MediaFormat.AAC);
    }
    // After a tag there may be padding, or the data may lie beyond the head; the demuxer will
    // decide.
    return tagged ? Optional.of(MediaFormat.MP3) : Optional.empty();
  }

  /** The end of the ID3v2 tags at the start of a file; 0 when it has none. */
  private static int afterTags(Head head) {
    int start = 0;
    for (Optional<Id3Tag> tag = Id3Tag.parse(head.from(start), start);
        tag.isPresent();
        tag = Id3Tag.parse(head.from(start), start)) {
      start = (int) tag.get().next();
    }
    return start;
  }

  /** The length in bytes of the MPEG audio frame that begins here, or -1. */
  private static int mpegAudioFrame(Head head, int at) {
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
