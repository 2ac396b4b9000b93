package org.touchstone.detectors.sound.recognition;

import java.util.random.RandomGenerator;

/** Probabilities of tokens from their scores. */
final class Likelihood {
  private Likelihood() {}

  /** The logarithm of the sum of the exponentials of some scores. */
  static double logSum(float[] scores, int from, int to) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      most = Math.max(most, scores[i]);
    }
    if (most == Double.NEGATIVE_INFINITY) {
      return most;
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.exp(scores[i] - most);
    }
    return most + Math.log(sum);
  }

  /** The logarithm of a token's probability. */
  static double log(float[] scores, int token) {
    return scores[token] - logSum(scores, 0, scores.length);
  }

  /** The likeliest token of a range; the first of several. */
  static int best(float[] scores, int from, int to) {
    int best = from;
    for (int i = from + 1; i < to; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  /**
   * A token by chance.
   *
   * @param temperature above 0: the higher, the more alike all tokens become
   */
  static int drawn(float[] scores, double temperature, RandomGenerator random) {
    double most = scores[best(scores, 0, scores.length)];
    double[] sums = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += Math.exp((scores[i] - most) / temperature);
      sums[i] = sum;
    }
    double place = random.nextDouble() * sum;
    int token = 0;
    while (token < sums.length - 1 && sums[token] <= place) {
      token++;
    }
    return token;
  }
}
