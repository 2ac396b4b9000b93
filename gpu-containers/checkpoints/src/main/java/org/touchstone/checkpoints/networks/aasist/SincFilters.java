package org.touchstone.checkpoints.networks.aasist;

import org.touchstone.checkpoints.tensor.Weight;

/**
 * Band-pass filters that the network does not learn ("Speaker Recognition from Raw Waveform with
 * SincNet", Ravanelli and Bengio 2018): each is the difference of two low-pass filters in a Hamming
 * window. Their bands follow each other from 0 Hz to half the sampling rate, equally wide in mel.
 *
 * @param count filters
 * @param taps samples of a filter, an odd number
 * @param sampleRate Hz
 */
record SincFilters(int count, int taps, int sampleRate) {
  /** Constants of the mel scale. */
  private static final double MEL = 2595;

  private static final double KNEE = 700;

  /** The filters, {@code [count, 1, 1, taps]}. */
  Weight weight() {
    return Weight.computed(new long[] {count, 1, 1, taps}, this::values);
  }

  /** The published network computes them in float32, so the steps are rounded in the same way. */
  private float[] values() {
    float[] values = new float[count * taps];
    for (int filter = 0; filter < count; filter++) {
      double low = edge(filter);
      double high = edge(filter + 1);
      for (int tap = 0; tap < taps; tap++) {
        int at = tap - taps / 2;
        double angle = 2 * Math.PI * tap / (taps - 1);
        float hamming = (float) (0.54 - 0.46 * Math.cos(angle));
        values[filter * taps + tap] = hamming * (lowPass(high, at) - lowPass(low, at));
      }
    }
    return values;
  }

  /** The lower edge of a band, Hz. */
  private double edge(int band) {
    double top = MEL * Math.log10(1 + sampleRate / 2 / KNEE);
    return KNEE * (Math.pow(10, top * band / count / MEL) - 1);
  }

  private float lowPass(double cutOff, int at) {
    float share = (float) (2 * cutOff / sampleRate);
    float x = (float) Math.PI * ((float) (2 * cutOff) * at / sampleRate);
    return x == 0 ? share : share * ((float) Math.sin(x) / x);
  }
}
