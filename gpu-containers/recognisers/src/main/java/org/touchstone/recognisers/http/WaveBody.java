package org.touchstone.recognisers.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.touchstone.domain.speech.Recording;
import org.touchstone.domain.speech.Recording.Stretch;
import org.touchstone.fetch.FetchBody;
import org.touchstone.fetch.FormBody;

/** Makes forms whose file is a part of a recording, as a WAV file of 16-bit samples. */
final class WaveBody {
  private static final int HEADER = 44;
  private static final int FORMAT_BYTES = 16;
  private static final short PCM = 1;
  private static final double BLOCK_SECONDS = 10;
  private static final float FULL_SCALE = 1 << 15;

  private WaveBody() {}

  /** The samples are read while they are sent, a few seconds at a time. */
  static FetchBody of(Map<String, String> fields, Recording recording, Stretch part) {
    long samples = Math.round(part.seconds() * Recording.SAMPLE_RATE);
    byte[] header = header(samples);
    return FormBody.of(
        fields,
        "file",
        "speech.wav",
        new FetchBody(
            "audio/wav",
            header.length + Short.BYTES * samples,
            () ->
                new SequenceInputStream(
                    new ByteArrayInputStream(header),
                    new Samples(recording, part.start(), samples))));
  }

  private static byte[] header(long samples) {
    int bytes = Math.toIntExact(Short.BYTES * samples);
    ByteBuffer wave = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    wave.put(ascii("RIFF")).putInt(HEADER - 8 + bytes).put(ascii("WAVEfmt ")).putInt(FORMAT_BYTES);
    wave.putShort(PCM).putShort((short) 1).putInt(Recording.SAMPLE_RATE);
    wave.putInt(Short.BYTES * Recording.SAMPLE_RATE).putShort((short) Short.BYTES);
    wave.putShort((short) Short.SIZE).put(ascii("data")).putInt(bytes);
    return wave.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Samples of a recording in two bytes each, the lower one first. */
  private static final class Samples extends InputStream {
    private final Recording recording;
    private double at;
    private long left;
    private ByteBuffer block = ByteBuffer.allocate(0);

    Samples(Recording recording, double from, long samples) {
      this.recording = recording;
      this.at = from;
      this.left = samples;
    }

    @Override
    public int read() throws IOException {
      return fill() ? block.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, block.remaining());
      block.get(into, offset, count);
      return count;
    }

    private boolean fill() {
      if (!block.hasRemaining() && left > 0) {
        long most = Math.round(BLOCK_SECONDS * Recording.SAMPLE_RATE);
        int count = (int) Math.min(left, most);
        float[] samples = recording.window(at, (double) count / Recording.SAMPLE_RATE);
        block = ByteBuffer.allocate(Short.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
          float value = i < samples.length ? samples[i] : 0;
          block.putShort(
              (short) Math.clamp(Math.round(value * FULL_SCALE), Short.MIN_VALUE, Short.MAX_VALUE));
        }
        block.flip();
        at += (double) count / Recording.SAMPLE_RATE;
        left -= count;
      }
      return block.hasRemaining();
    }
  }
}
