package org.touchstone.detectors.colour;

/** How code values stand for light. */
public enum Transfer {
  /** Perceptual quantiser: code values are absolute luminances (SMPTE ST 2084). */
  PQ {
    @Override
    double light(double code) {
      return Pq.nits(code) / ToneMap.WHITE_NITS;
    }
  },

  /** Hybrid log-gamma: code values are the light of the scene (ITU-R BT.2100, table 5). */
  HLG {
    @Override
    double light(double code) {
      return code <= 0.5 ? code * code / 3 : (Math.exp((code - HLG_C) / HLG_A) + HLG_B) / 12;
    }
  },

  /** Standard dynamic range, as screens show it. */
  STANDARD {
    @Override
    double light(double code) {
      return Srgb.light(code);
    }
  };

  private static final double HLG_A = 0.17883277;
  private static final double HLG_B = 1 - 4 * HLG_A;
  private static final double HLG_C = 0.5 - HLG_A * Math.log(4 * HLG_A);

  /**
   * @param code 0..1
   * @return multiples of diffuse white; for {@link #HLG} the scene's light, 0..1
   */
  abstract double light(double code);
}
