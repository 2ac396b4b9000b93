package org.touchstone.detectors.colour;

/**
 * Colours of high dynamic range or wide gamut as sRGB. Luminances above the knee of ITU-R BT.2390's
 * curve are compressed so that the brightest the video can have is white; the rest keeps its
 * brightness. Colours outside the gamut are clipped. All curves are tables made once. Safe for use
 * by several threads.
 */
public final class ToneMap {
  /** Bits of the code values that are mapped. */
  public static final int BITS = 10;

  /** Luminance of diffuse white, cd/m² (ITU-R BT.2408). */
  static final double WHITE_NITS = 203;

  /** Brightest luminance of a video that does not say, and of HLG on its reference display. */
  public static final int DEFAULT_PEAK_NITS = 1000;

  private static final int CODES = 1 << BITS;

  /** Enough for steps below an 8-bit value where sRGB is steepest, and few enough for a cache. */
  private static final int LIGHT_STEPS = 1 << 12;

  private static final int GAIN_STEPS = 1 << 10;

  /** ITU-R BT.2100: system gamma of HLG at 1,000 cd/m². */
  private static final double HLG_GAMMA = 1.2;

  private static final float RED_LUMINANCE = 0.2627f;
  private static final float GREEN_LUMINANCE = 0.6780f;
  private static final float BLUE_LUMINANCE = 0.0593f;

  private static final byte[] SRGB = srgb();

  private final boolean hlg;
  private final boolean flat;
  private final float[] matrix;
  private final float[] light = new float[CODES];
  private final float[] sceneGain = new float[GAIN_STEPS + 1];
  private final float[] gain = new float[GAIN_STEPS + 1];
  private final float peak;

  /**
   * @param peakNits brightest luminance of the video, cd/m²; matters for {@link Transfer#PQ} only
   */
  public ToneMap(Transfer transfer, Gamut gamut, int peakNits) {
    hlg = transfer == Transfer.HLG;
    flat = transfer == Transfer.STANDARD;
    matrix = gamut.toBt709();
    double nits = hlg ? DEFAULT_PEAK_NITS : Math.clamp(peakNits, WHITE_NITS, Pq.MAX_NITS);
    peak = (float) (nits / WHITE_NITS);
    for (int code = 0; code < CODES; code++) {
      light[code] = (float) transfer.light(code / (CODES - 1.0));
    }
    for (int i = 0; i <= GAIN_STEPS; i++) {
      double share = (double) i / GAIN_STEPS;
      sceneGain[i] = (float) (Math.pow(share, HLG_GAMMA - 1) * peak);
      double from = share * nits;
      gain[i] = i == 0 ? 1 : (float) (compressed(from, nits) / from);
    }
  }

  /** The curve of ITU-R BT.2390, with black at 0 on both sides. */
  private static double compressed(double nits, double peakNits) {
    double top = Pq.code(peakNits);
    double most = Pq.code(WHITE_NITS) / top;
    double knee = 1.5 * most - 0.5;
    double code = Pq.code(nits) / top;
    if (code <= knee) {
      return nits;
    }
    double t = (code - knee) / (1 - knee);
    double t2 = t * t;
    double t3 = t2 * t;
    double bent =
        (2 * t3 - 3 * t2 + 1) * knee + (t3 - 2 * t2 + t) * (1 - knee) + (3 * t2 - 2 * t3) * most;
    return Pq.nits(bent * top);
  }

  private static byte[] srgb() {
    byte[] codes = new byte[LIGHT_STEPS + 1];
    for (int i = 0; i <= LIGHT_STEPS; i++) {
      codes[i] = (byte) Math.rint(255 * Srgb.code((double) i / LIGHT_STEPS));
    }
    return codes;
  }

  /**
   * Maps one row of pixels.
   *
   * @param red code values of {@link #BITS} bits
   * @param rgb where the bytes are written: red, green, blue
   * @param offset of the first byte
   */
  public void map(short[] red, short[] green, short[] blue, byte[] rgb, int offset) {
    float[] m = matrix;
    int target = offset;
    for (int x = 0; x < red.length; x++) {
      float r = light[red[x] & CODES - 1];
      float g = light[green[x] & CODES - 1];
      float b = light[blue[x] & CODES - 1];
      if (!flat) {
        float factor = factor(r, g, b);
        r *= factor;
        g *= factor;
        b *= factor;
      }
      rgb[target] = code(m[0] * r + m[1] * g + m[2] * b);
      rgb[target + 1] = code(m[3] * r + m[4] * g + m[5] * b);
      rgb[target + 2] = code(m[6] * r + m[7] * g + m[8] * b);
      target += 3;
    }
  }

  /** Keeps the hue: all three colours get the factor of the brightest. */
  private float factor(float r, float g, float b) {
    float scene = 1;
    if (hlg) {
      float luminance = RED_LUMINANCE * r + GREEN_LUMINANCE * g + BLUE_LUMINANCE * b;
      scene = sceneGain[Math.min((int) (luminance * GAIN_STEPS), GAIN_STEPS)];
    }
    float brightest = Math.max(r, Math.max(g, b)) * scene / peak;
    if (brightest >= 1) {
      return 1 / (Math.max(r, Math.max(g, b)));
    }
    // Steps in between would make what is a little brighter a little darker.
    float place = brightest * GAIN_STEPS;
    int step = (int) place;
    return scene * (gain[step] + (place - step) * (gain[step + 1] - gain[step]));
  }

  private static byte code(float light) {
    return SRGB[Math.max(0, Math.min((int) (light * LIGHT_STEPS + 0.5f), LIGHT_STEPS))];
  }
}
