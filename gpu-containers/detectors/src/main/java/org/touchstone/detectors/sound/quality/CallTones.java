package org.touchstone.detectors.sound.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds dial, ring and busy tones: one or two pure tones, of which the stronger has between {@value
 * #LOWEST} and {@value #HIGHEST} Hz, with next to nothing beside them whenever there is any sound.
 * The frequencies of the world's telephone networks lie in this range (ITU-T E.180).
 */
final class CallTones {
  /** Quieter frames are pauses, decibels relative to full scale. */
  private static final double QUIET = -50;

  /** Share of a frame's power that lies in the tones. */
  private static final double PURE = 0.95;

  private static final double LOWEST = 300;
  private static final double HIGHEST = 700;

  /** Bins that may hold a tone: up to 1 kHz. */
  private static final int TONE_BINS = 64;

  /** Bins beside a tone's that a Hann window gives power to. */
  private static final int WIDTH = 3;

  private final List<Frame> sounding = new ArrayList<>();
  private final double[] mean = new double[TONE_BINS];

  /**
   * A frame with sound.
   *
   * @param low the power of the bins that may hold a tone
   * @param all the power of all bins
   */
  private record Frame(double[] low, double all) {}

  void add(Block block) {
    for (int i = 0; i < Block.FRAMES; i++) {
      if (block.level(i) > QUIET) {
        double[] power = block.frames()[i];
        sounding.add(new Frame(Arrays.copyOf(power, TONE_BINS), Arrays.stream(power).sum()));
        for (int k = 0; k < TONE_BINS; k++) {
          mean[k] += power[k];
        }
      }
    }
  }

  /** Share of the frames with sound that consist of the tones, 0..1; 0 if the tones are others. */
  double share() {
    int first = strongest(-1);
    double hertz = first * Spectrum.BIN_HERTZ;
    if (sounding.isEmpty() || hertz < LOWEST || hertz > HIGHEST) {
      return 0;
    }
    int second = strongest(first);
    long pure = sounding.stream().filter(frame -> isPure(frame, first, second)).count();
    return (double) pure / sounding.size();
  }

  /** The strongest bin on average that is not near another one. */
  private int strongest(int other) {
    int best = other == 0 ? WIDTH + 1 : 0;
    for (int i = 0; i < mean.length; i++) {
      if (!near(i, other) && (near(best, other) || mean[i] > mean[best])) {
        best = i;
      }
    }
    return best;
  }

  private static boolean isPure(Frame frame, int first, int second) {
    double inside = 0;
    for (int i = 0; i < TONE_BINS; i++) {
      inside += near(i, first) || near(i, second) ? frame.low[i] : 0;
    }
    return inside >= PURE * frame.all;
  }

  private static boolean near(int bin, int tone) {
    return tone >= 0 && Math.abs(bin - tone) <= WIDTH;
  }
}
