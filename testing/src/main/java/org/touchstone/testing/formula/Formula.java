package org.touchstone.testing.formula;

import java.nio.charset.StandardCharsets;

/** The pseudo-random streams that weights and inputs of the golden vectors are made from. */
public final class Formula {
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private Formula() {}

  public static long seed(String name) {
    long hash = BASIS;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * PRIME;
    }
    return hash;
  }

  public static long bits(long seed, long index) {
    long z = seed + (index + 1) * STEP;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [-1, 1). */
  public static double uniform(long seed, long index) {
    return (bits(seed, index) >>> 40) / 8388608.0 - 1.0;
  }

  /**
   * A picture or clip of bytes, {@code [n, height, width, 3]}; kind as the golden files name it.
   */
  public static byte[] input(String name, String kind, long[] shape) {
    int height = (int) shape[shape.length - 3];
    int width = (int) shape[shape.length - 2];
    int size = 1;
    for (long s : shape) {
      size *= (int) s;
    }
    long seed = seed(name);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      int random = (int) (bits(seed, i) >>> 56);
      int value =
          switch (kind.split(" ")[0]) {
            case "noise" -> random;
            case "pattern" -> pattern(i, height, width, random);
            case "contrast" -> Math.clamp(3 * pattern(i, height, width, random) - 256, 0, 255);
            default -> throw new IllegalArgumentException(kind);
          };
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  /**
   * The waveform of Whisper's golden files: 20 s of three tones with noise and 10 s of silence, -1
   * to 1, at 16 kHz.
   */
  public static float[] tones() {
    long seed = seed("input:wave");
    float[] wave = new float[480_000];
    for (int n = 0; n < 320_000; n++) {
      double t = n / 16_000.0;
      double x =
          0.4 * Math.sin(2 * Math.PI * 440 * t)
              + 0.2 * Math.sin(2 * Math.PI * 1234.5 * t)
              + 0.1 * Math.sin(2 * Math.PI * (200 + 50 * t) * t)
              + 0.01 * uniform(seed, n);
      wave[n] = (float) Math.floor(32_767 * x + 0.5) / 32_768;
    }
    return wave;
  }

  /** A waveform at 16 kHz, one channel, as 16-bit numbers. */
  public static short[] waveform(String name, int samples) {
    long seed = seed(name);
    short[] wave = new short[samples];
    for (int i = 0; i < samples; i++) {
      int fast = triangle(7 * i, 500) - 125;
      int faster = triangle(53 * i, 400) - 100;
      int envelope = triangle(i, 8000);
      int random = (int) (bits(seed, i) >>> 56);
      wave[i] = (short) (((60 * fast + 25 * faster) * envelope >> 12) + 8 * (random - 128));
    }
    return wave;
  }

  private static int pattern(int i, int height, int width, int random) {
    int c = i % 3;
    int x = i / 3 % width;
    int y = i / 3 / width % height;
    int n = i / 3 / width / height;
    int t = triangle((3 + n % 3) * x + (2 + n % 2) * y + 37 * c + 11 * n, 256);
    int s = triangle(x * y / 16 + 5 * n + 29 * c, 128);
    return (3 * Math.min(255, t + 2 * s) + random) / 4;
  }

  private static int triangle(int t, int period) {
    int m = t % period;
    return m < period / 2 ? m : period - m;
  }

  /** Approximately normal noise: the sum of twelve uniform numbers minus six. */
  public static float[] noise(int count) {
    long seed = seed("eps");
    float[] values = new float[count];
    for (int j = 0; j < count; j++) {
      double sum = 0;
      for (int k = 0; k < 12; k++) {
        sum += (bits(seed, 12L * j + k) >>> 40) / 16777216.0;
      }
      values[j] = (float) (sum - 6);
    }
    return values;
  }
}
