package org.touchstone.detectors.pipelines.lipsync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes more speech of a little by cutting it up. */
final class SpokenPieces {
  private static final int RATE = 16_000;

  private SpokenPieces() {}

  /**
   * Speech of any length: pieces of 0.25 s to 0.7 s in a random order, each a little faster or
   * slower than it was spoken.
   */
  static float[] shuffled(float[] spoken, double seconds, long seed) {
    Random random = new Random(seed);
    float[] made = new float[(int) (seconds * RATE)];
    int at = 0;
    while (at < made.length) {
      List<float[]> pieces = new ArrayList<>();
      int from = 0;
      while (from < spoken.length) {
        int length = (int) (RATE * (0.25 + 0.45 * random.nextDouble()));
        pieces.add(
            resampled(
                spoken,
                from,
                Math.min(spoken.length, from + length),
                0.8 + 0.45 * random.nextDouble()));
        from += length;
      }
      Collections.shuffle(pieces, random);
      for (float[] piece : pieces) {
        int count = Math.min(piece.length, made.length - at);
        System.arraycopy(piece, 0, made, at, count);
        at += count;
      }
    }
    return made;
  }

  private static float[] resampled(float[] samples, int from, int to, double speed) {
    float[] piece = new float[(int) ((to - from) / speed)];
    for (int i = 0; i < piece.length; i++) {
      piece[i] = samples[Math.min(to - 1, from + (int) (i * speed))];
    }
    return piece;
  }
}
