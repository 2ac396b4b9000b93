package org.touchstone.detectors.pipelines.lipsync;

import java.util.ArrayList;
import java.util.List;

/**
 * How well a mouth moves with a sound.
 *
 * @param lag by how much the sound is late, seconds, where they agree best; negative when it is
 *     early
 * @param correlation multiple correlation of the envelope with the mouth's patterns there, 0..1
 * @param strength by how many standard deviations that is above what the same mouth and the same
 *     sound give when they cannot belong together: shifted by a second or more, or played backwards
 */
record Match(double lag, double correlation, double strength) {
  /** Largest lag that is looked for, seconds. */
  static final double MOST_LAG = 0.5;

  private static final double STEP = 0.02;

  /** Shifts from here on cannot belong together, seconds. */
  private static final double APART = 1;

  /** Smallest standard deviation assumed, in units of {@code atanh} of a correlation. */
  private static final double LEAST_SPREAD = 0.06;

  private static final double ALMOST_ONE = 0.999;

  /** Compares a movement with the envelope of the same stretch, whose times are the video's. */
  static Match of(Movement movement, Envelope envelope) {
    double lag = 0;
    double most = -1;
    for (double later = -MOST_LAG; later <= MOST_LAG + STEP / 2; later += STEP) {
      double correlation = correlation(movement, envelope, later);
      if (correlation > most) {
        most = correlation;
        lag = later;
      }
    }
    List<Double> unrelated = new ArrayList<>();
    double length = (double) envelope.values().length / Envelope.RATE;
    addHighest(movement, envelope, APART, length - APART, unrelated);
    addHighest(movement, envelope.reversed(), 0, length, unrelated);
    double mean = unrelated.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double spread = 0;
    for (double each : unrelated) {
      spread += (each - mean) * (each - mean);
    }
    spread = Math.max(LEAST_SPREAD, Math.sqrt(spread / Math.max(1, unrelated.size() - 1)));
    return new Match(lag, most, (normal(most) - mean) / spread);
  }

  /** The highest of each group of shifts that is as wide as the lags that are looked for. */
  private static void addHighest(
      Movement movement, Envelope envelope, double from, double to, List<Double> highest) {
    for (double group = from; group + 2 * MOST_LAG <= to; group += 2 * MOST_LAG) {
      double most = 0;
      for (double shift = group; shift < group + 2 * MOST_LAG; shift += STEP) {
        most = Math.max(most, correlation(movement, envelope, shift));
      }
      highest.add(normal(most));
    }
  }

  private static double correlation(Movement movement, Envelope envelope, double later) {
    double[] heard = envelope.at(movement.times(), later);
    double whole = Series.dot(heard, heard);
    double explained = 0;
    for (double[] pattern : movement.patterns()) {
      double along = Series.dot(heard, pattern);
      explained += along * along;
    }
    return whole > 0 ? Math.sqrt(explained / whole) : 0;
  }

  /** Fisher's transformation, after which correlations are about normally distributed. */
  private static double normal(double correlation) {
    double bounded = Math.min(correlation, ALMOST_ONE);
    return 0.5 * Math.log((1 + bounded) / (1 - bounded));
  }
}
