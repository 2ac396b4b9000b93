package org.touchstone.detectors.sound.quality;

import java.util.Arrays;

/**
 * Tells music from speech by how steady its tones are: notes stay where they are, while the pitch
 * of a voice moves. In each block of a second it counts for how many frames each frequency stands
 * out, and adds the five frequencies that stand out longest, so a block has a value from 0 to 5;
 * the sound has the mean of its blocks. The idea is that of K. Seyerlehner, T. Pohle, M. Schedl and
 * G. Widmer, "Automatic music detection in television productions", DAFx 2007; the constants here
 * are our own.
 */
final class SteadyTones {
  /** Bins around a bin whose mean level it is compared with: 328 Hz. */
  private static final int AROUND = 21;

  /** By how much a bin must be louder than those around it, decibels. */
  private static final double STANDS_OUT = 6;

  /** Quieter frames have no tones, decibels relative to full scale. */
  private static final double QUIET = -60;

  /** The bins that are looked at: 78 Hz to 6 kHz. */
  private static final int FIRST = 5;

  private static final int END = 384;

  /** A tone must stand out longer than what lies this many bins from it. */
  private static final int APART = 4;

  private static final int STRONGEST = 5;

  private double sum;
  private int blocks;

  void add(Block block) {
    double[] standsOut = new double[END];
    for (int i = 0; i < Block.FRAMES; i++) {
      if (block.level(i) > QUIET) {
        add(block.frames()[i], standsOut);
      }
    }
    sum += strongest(standsOut);
    blocks++;
  }

  private static void add(double[] power, double[] standsOut) {
    int half = AROUND / 2;
    double[] level = new double[END + half];
    double[] sums = new double[END + half + 1];
    for (int i = 0; i < level.length; i++) {
      level[i] = Block.decibels(power[i]);
      sums[i + 1] = sums[i] + level[i];
    }
    for (int i = FIRST; i < END; i++) {
      int from = Math.max(0, i - half);
      int to = i + half + 1;
      double mean = (sums[to] - sums[from]) / (to - from);
      if (level[i] - mean > STANDS_OUT) {
        standsOut[i] += 1.0 / Block.FRAMES;
      }
    }
  }

  private static double strongest(double[] standsOut) {
    double[] peaks = new double[END];
    for (int i = FIRST; i < END; i++) {
      double height = standsOut[i] - Math.max(at(standsOut, i - APART), at(standsOut, i + APART));
      boolean top = standsOut[i] >= at(standsOut, i - 1) && standsOut[i] >= at(standsOut, i + 1);
      peaks[i] = top ? Math.max(0, height) : 0;
    }
    Arrays.sort(peaks);
    double strongest = 0;
    for (int i = END - STRONGEST; i < END; i++) {
      strongest += peaks[i];
    }
    return strongest;
  }

  private static double at(double[] values, int i) {
    return i < FIRST || i >= END ? 0 : values[i];
  }

  /** The mean over the blocks, 0..5; 0 without blocks. */
  double steadiness() {
    return blocks == 0 ? 0 : sum / blocks;
  }
}
