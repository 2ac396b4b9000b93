package org.touchstone.detectors.sound;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Music, tones of telephone networks and noises, made by formulas; 12 s at 16 kHz, -1..1. */
public final class MadeSounds {
  public static final int SECONDS = 12;
  private static final int RATE = 16_000;
  private static final int LENGTH = SECONDS * RATE;
  private static final int[][] SCALES = {
    {0, 2, 4, 5, 7, 9, 11}, {0, 2, 3, 5, 7, 8, 10}, {0, 2, 4, 7, 9}
  };
  private static final double[] BEATS = {0.35, 0.45, 0.5, 0.6};
  private static final double[] BEATS_OF_NOTES = {1, 1, 2, 0.5};

  private MadeSounds() {}

  /** How a note sounds. */
  private enum Instrument {
    PIANO,
    ORGAN,
    STRINGS,
    PLUCKED,
    FLUTE,
    SQUARE
  }

  /** Melodies of six instruments, each alone, with chords, with drums, and with both. */
  public static Map<String, float[]> music() {
    Map<String, float[]> pieces = new LinkedHashMap<>();
    for (Instrument instrument : Instrument.values()) {
      for (int i = 0; i < 4; i++) {
        boolean chords = i % 2 == 1;
        boolean drums = i >= 2;
        String name = instrument + (chords ? " chords" : "") + (drums ? " drums" : "");
        pieces.put(name, piece(instrument, chords, drums, 7 + i + 4 * instrument.ordinal()));
      }
    }
    return pieces;
  }

  /** A melody with chords on an organ. */
  public static float[] organ() {
    return piece(Instrument.ORGAN, true, false, 12);
  }

  /** Dial, ring and busy tones of several countries, with a little noise of the line. */
  public static Map<String, float[]> callTones() {
    Map<String, float[]> tones = new LinkedHashMap<>();
    double[] on = {SECONDS};
    tones.put("dial, Europe", cadence(on, 425));
    tones.put("dial, UK", cadence(on, 350, 450));
    tones.put("dial, US", cadence(on, 350, 440));
    tones.put("dial, France", cadence(on, 440));
    tones.put("dial, Japan", cadence(on, 400));
    tones.put("dial, Germany until 1979", cadence(on, 450));
    tones.put("ring, Europe", cadence(new double[] {1, 4}, 425));
    tones.put("ring, UK", cadence(new double[] {0.4, 0.2, 0.4, 2}, 400, 450));
    tones.put("ring, US", cadence(new double[] {2, 4}, 440, 480));
    tones.put("ring, France", cadence(new double[] {1.5, 3.5}, 440));
    tones.put("busy, Europe", cadence(new double[] {0.5, 0.5}, 425));
    tones.put("busy, UK", cadence(new double[] {0.375, 0.375}, 400));
    tones.put("busy, US", cadence(new double[] {0.5, 0.5}, 480, 620));
    tones.put("reorder, US", cadence(new double[] {0.25, 0.25}, 480, 620));
    return tones;
  }

  /** Silence, and noises of several colours. */
  public static Map<String, float[]> noises() {
    Map<String, float[]> noises = new LinkedHashMap<>();
    noises.put("silence", new float[LENGTH]);
    noises.put("white", noise(1, 0));
    noises.put("pink", noise(2, 0.9));
    noises.put("brown", noise(3, 0.995));
    float[] hum = noise(4, 0);
    for (int i = 0; i < hum.length; i++) {
      double sum = 0;
      for (int k = 1; k < 8; k++) {
        sum += Math.sin(2 * Math.PI * 50 * k * i / RATE) / k;
      }
      hum[i] = (float) (0.02 * hum[i] + 0.1 * sum);
    }
    noises.put("hum", hum);
    return noises;
  }

  /**
   * Noise of a colour, with a root mean square of about 0.1.
   *
   * @param smooth how much of the sample before stays in each, 0 for white noise
   */
  public static float[] noise(long seed, double smooth) {
    Random random = new Random(seed);
    float[] noise = new float[LENGTH];
    double last = 0;
    for (int i = 0; i < noise.length; i++) {
      last = smooth * last + random.nextGaussian();
      noise[i] = (float) (0.1 * last * Math.sqrt(1 - smooth * smooth));
    }
    return noise;
  }

  /**
   * Speech with something behind it.
   *
   * @param behind repeated as often as it must be
   * @param decibels by how much the speech is louder
   */
  public static float[] mixed(float[] speech, float[] behind, double decibels) {
    double factor =
        Math.sqrt(power(speech) / Math.max(1e-12, power(behind))) * Math.pow(10, -decibels / 20);
    float[] mixed = new float[speech.length];
    float loudest = 1;
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (float) (speech[i] + factor * behind[i % behind.length]);
      loudest = Math.max(loudest, Math.abs(mixed[i]));
    }
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] /= loudest;
    }
    return mixed;
  }

  private static double power(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += sample * sample;
    }
    return sum / samples.length;
  }

  private static float[] cadence(double[] pattern, double... hertz) {
    Random random = new Random(5);
    float[] tone = new float[LENGTH];
    double length = Arrays.stream(pattern).sum();
    for (int i = 0; i < tone.length; i++) {
      double at = (double) i / RATE % length;
      int part = 0;
      while (at >= pattern[part]) {
        at -= pattern[part++];
      }
      double sum = 1e-4 * random.nextGaussian();
      for (double frequency : hertz) {
        sum += part % 2 == 0 ? 0.2 * Math.sin(2 * Math.PI * frequency * i / RATE) : 0;
      }
      tone[i] = (float) sum;
    }
    return tone;
  }

  private static float[] piece(Instrument instrument, boolean chords, boolean drums, long seed) {
    Random random = new Random(seed);
    double[] sum = new double[LENGTH];
    double beat = BEATS[random.nextInt(BEATS.length)];
    int[] scale = SCALES[random.nextInt(SCALES.length)];
    int root = 45 + random.nextInt(13);
    for (double at = 0; at < SECONDS; ) {
      double length = beat * BEATS_OF_NOTES[random.nextInt(BEATS_OF_NOTES.length)];
      int pitch = root + 12 + scale[random.nextInt(scale.length)] + 12 * random.nextInt(2);
      add(sum, at, note(instrument, pitch, 1.3 * length, random), 1);
      at += length;
    }
    for (double at = 0; chords && at < SECONDS; at += 4 * beat) {
      int degree = random.nextInt(scale.length);
      for (int i = 0; i < 3; i++) {
        int pitch = root + scale[(degree + 2 * i) % scale.length];
        add(sum, at, note(instrument, pitch, 4 * beat, random), 0.5);
      }
    }
    int hit = 0;
    for (double at = 0; drums && at < SECONDS; at += beat / 2) {
      add(sum, at, drum(hit++ % 4, random), 1);
    }
    double loudest = Arrays.stream(sum).map(Math::abs).max().orElse(1);
    float[] piece = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      piece[i] = (float) (0.6 * sum[i] / loudest);
    }
    return piece;
  }

  private static void add(double[] sum, double at, double[] part, double factor) {
    int from = (int) (at * RATE);
    for (int i = 0; i < part.length && from + i < sum.length; i++) {
      sum[from + i] += factor * part[i];
    }
  }

  private static double[] note(Instrument instrument, int pitch, double seconds, Random random) {
    double hertz = 440 * Math.pow(2, (pitch - 69) / 12.0);
    double[] note = new double[(int) (seconds * RATE)];
    double[] string = random.doubles((long) Math.ceil(RATE / hertz), -1, 1).toArray();
    double phase = 0;
    for (int i = 0; i < note.length; i++) {
      double t = (double) i / RATE;
      double fade = Math.min(1, t / 0.02) * Math.clamp((seconds - t) / 0.05, 0, 1);
      double vibrato = instrument == Instrument.STRINGS ? 0.006 * Math.sin(35 * t) : 0;
      phase += 2 * Math.PI * hertz * (1 + vibrato) / RATE;
      note[i] =
          fade
              * switch (instrument) {
                case PIANO -> harmonics(phase, hertz, 6, t);
                case ORGAN, STRINGS -> harmonics(phase, hertz, 11, 0);
                case FLUTE -> Math.sin(phase);
                case SQUARE -> 0.6 * Math.signum(Math.sin(phase));
                case PLUCKED -> plucked(string, i);
              };
    }
    return note;
  }

  private static double harmonics(double phase, double hertz, int most, double age) {
    double sum = 0;
    for (int k = 1; k <= most && k * hertz < 7_800; k++) {
      sum += Math.sin(k * phase) / k * Math.exp(-age * (1.5 + 0.8 * k));
    }
    return sum;
  }

  /** A string as Karplus and Strong made it: noise that is smoothed on each round. */
  private static double plucked(double[] string, int i) {
    int at = i % string.length;
    double now = string[at];
    string[at] = 0.498 * (now + string[(at + 1) % string.length]);
    return now;
  }

  private static double[] drum(int hit, Random random) {
    double[] drum = new double[RATE / 8];
    for (int i = 0; i < drum.length; i++) {
      double t = (double) i / RATE;
      drum[i] =
          switch (hit) {
            case 0 ->
                1.2
                    * Math.sin(2 * Math.PI * (60 * t + 2.7 * Math.exp(-30 * t)))
                    * Math.exp(-25 * t);
            case 2 -> 0.5 * random.nextGaussian() * Math.exp(-35 * t);
            default -> 0.15 * random.nextGaussian() * Math.exp(-80 * t);
          };
    }
    return drum;
  }
}
