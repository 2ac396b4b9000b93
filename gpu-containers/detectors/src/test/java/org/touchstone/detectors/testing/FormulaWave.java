package org.touchstone.detectors.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.touchstone.testing.formula.Formula;

/** The sounds of golden data, made by a formula: 16 kHz, one channel, 16 bits. */
public final class FormulaWave {
  private static final int RATE = 16_000;

  private FormulaWave() {}

  /** Samples as little-endian integers of 16 bits. */
  public static byte[] samples(String name, int count) {
    long seed = Formula.seed(name);
    ByteBuffer bytes = ByteBuffer.allocate(count * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int a = triangle(7 * i, 500) - 125;
      int b = triangle(53 * i, 400) - 100;
      int e = triangle(i, 8000);
      int noise = (int) (Formula.bits(seed, i) >>> 56) - 128;
      bytes.putShort((short) (((60 * a + 25 * b) * e >> 12) + 8 * noise));
    }
    return bytes.array();
  }

  private static int triangle(int t, int period) {
    int m = t % period;
    return m < period / 2 ? m : period - m;
  }

  /** A WAV file of samples as {@link #samples} gives them. */
  public static Path wav(Path file, byte[] samples) {
    ByteBuffer wav = ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes()).putInt(36 + samples.length).put("WAVEfmt ".getBytes()).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * 2);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes()).putInt(samples.length).put(samples);
    try {
      return Files.write(file, wav.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
