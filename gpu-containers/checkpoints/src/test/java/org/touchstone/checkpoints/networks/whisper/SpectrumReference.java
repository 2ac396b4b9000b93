package org.touchstone.checkpoints.networks.whisper;

/**
 * Whisper's log-mel spectrum by its definition, in double precision and without a fast transform.
 */
final class SpectrumReference {
  private static final int WINDOW = 400;
  private static final int HOP = 160;
  private static final int BINS = WINDOW / 2 + 1;
  private static final double STEP = 200.0 / 3;
  private static final double LOG_STEP = Math.log(6.4) / 27;

  private SpectrumReference() {}

  static float[] of(float[] wave, int bands) {
    int frames = wave.length / HOP;
    double[][] filters = filters(bands);
    double[] cosines = new double[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / WINDOW);
    }
    double[] mel = new double[bands * frames];
    double most = Double.NEGATIVE_INFINITY;
    double[] power = new double[BINS];
    for (int frame = 0; frame < frames; frame++) {
      for (int bin = 0; bin < BINS; bin++) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < WINDOW; i++) {
          int at = Math.abs(frame * HOP + i - WINDOW / 2);
          at = at < wave.length ? at : 2 * (wave.length - 1) - at;
          double x = wave[at] * (0.5 - 0.5 * cosines[i]);
          int turn = bin * i % WINDOW;
          re += x * cosines[turn];
          im += x * cosines[(turn + WINDOW / 4) % WINDOW];
        }
        power[bin] = re * re + im * im;
      }
      for (int band = 0; band < bands; band++) {
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
          sum += filters[band][bin] * power[bin];
        }
        double value = Math.log10(Math.max(sum, 1e-10));
        mel[band * frames + frame] = value;
        most = Math.max(most, value);
      }
    }
    float[] scaled = new float[mel.length];
    for (int i = 0; i < mel.length; i++) {
      scaled[i] = (float) ((Math.max(mel[i], most - 8) + 4) / 4);
    }
    return scaled;
  }

  private static double[][] filters(int bands) {
    double[] edges = new double[bands + 2];
    double top = 15 + Math.log(8) / LOG_STEP;
    for (int i = 0; i < edges.length; i++) {
      double mel = top * i / (bands + 1);
      edges[i] = mel < 15 ? mel * STEP : 1000 * Math.exp(LOG_STEP * (mel - 15));
    }
    double[][] filters = new double[bands][BINS];
    for (int band = 0; band < bands; band++) {
      for (int bin = 0; bin < BINS; bin++) {
        double frequency = bin * 40.0;
        double up = (frequency - edges[band]) / (edges[band + 1] - edges[band]);
        double down = (edges[band + 2] - frequency) / (edges[band + 2] - edges[band + 1]);
        filters[band][bin] = Math.max(0, Math.min(up, down)) * 2 / (edges[band + 2] - edges[band]);
      }
    }
    return filters;
  }
}
