package org.touchstone.detectors.sound.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.decode.SoundSource;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Reason;
import org.touchstone.models.SoundTraits;

/**
 * How good a sound is for detectors of voices. Everything is measured on the decoded sound, at most
 * two minutes of it, spread evenly.
 *
 * <p>The limits were measured with Silero VAD v6 on sounds that the test {@code MeasuredRulesTest}
 * makes and counts: 48 speakers of eSpeak NG (12 languages, 4 voices each), 24 pieces of music (6
 * instruments, with and without chords and drums), 14 call tones of 6 networks, and 5 noises. The
 * shares in brackets are exact 95 % intervals (Clopper and Pearson):
 *
 * <ul>
 *   <li>Music, steadiness from {@value #MUSIC} on: 11 of 24 pieces are called music (26 to 67 %).
 *       The detectors abstain from all 24 (86 to 100 %), since nobody speaks in the others. Of the
 *       speakers none is called music (0 to 7.4 %); with music 10 dB below the speech 4 of 24 are
 *       (5 to 37 %), with music as loud as the speech 8 of 24 (16 to 55 %).
 *   <li>Call tones, share from {@value #CALL_TONE} on: 14 of 14 are found (77 to 100 %), and none
 *       of 77 speakers, pieces and noises is mistaken for one (0 to 4.7 %).
 *   <li>Noise, signal to noise below {@value #NOISY} dB: of 36 speakers in white noise, pink noise
 *       or babble as loud as they are, 34 are too noisy (81 to 99 %); 5 dB louder than the noise,
 *       none of 36 is (0 to 9.7 %).
 * </ul>
 *
 * <p>These speakers are synthetic and the music is made by formulas; recordings may differ. Songs
 * are not told from speech with music, because nobody sings in these sounds: a song whose
 * accompaniment is as loud as its voice counts as music in part of the cases, an unaccompanied one
 * as speech.
 *
 * @param source the sound stream of the file
 * @param speechSeconds how long somebody speaks, seconds
 * @param loudness root mean square of the speech, or of the sound where nobody speaks, decibels
 *     relative to full scale
 * @param clipped share of its samples at full scale, 0..1
 * @param bandLimit frequency above which there is next to nothing, Hz, at most 8,000
 * @param signalToNoise level of the speech above that of the quietest tenth of the sound, decibels
 * @param steadiness how steady its tones are, 0..5, see {@link SteadyTones}
 * @param callTone share of the sound that is a dial, ring or busy tone, 0..1
 */
public record SoundQuality(
    SoundSource source,
    double speechSeconds,
    double loudness,
    double clipped,
    int bandLimit,
    double signalToNoise,
    double steadiness,
    double callTone) {
  /** Least speech that is judged, seconds. */
  public static final double LEAST_SPEECH = 1.5;

  /** Name of the source of its findings. */
  public static final String FINDINGS = "sound:quality";

  /** Steadiness from which it is music. */
  static final double MUSIC = 4;

  /** Share from which it is a call tone. */
  static final double CALL_TONE = 0.7;

  /** Signal to noise below which nothing is judged, decibels. */
  static final double NOISY = 5;

  /**
   * Signal to noise below which the noise is a caveat, decibels. Of 48 clean speakers none is below
   * it (0 to 7.4 %), and all of 36 whose speech is 10 dB louder than noise are (90 to 100 %).
   */
  static final double SOME_NOISE = 12;

  /** Share of clipped samples from which they are a caveat. */
  private static final double SOME_CLIPPING = 0.001;

  /** Speech below this level is quiet, decibels relative to full scale. */
  private static final double QUIET = -45;

  /** Telephones carry up to 3.4 kHz; resampling leaves a little beyond 4 kHz, Hz. */
  private static final int TELEPHONE_BAND = 4_500;

  /** A microphone's sound reaches beyond this, Hz. */
  private static final int FULL_BAND = 7_000;

  public SoundQuality {
    Objects.requireNonNull(source, "source");
  }

  /**
   * Rejects a sound in which there is too little speech to judge a voice.
   *
   * @throws DetectionException with {@link Reason#DIAL_TONE}, {@link Reason#MUSIC}, {@link
   *     Reason#NO_SPEECH}, {@link Reason#TOO_SHORT} or {@link Reason#TOO_NOISY}
   */
  public void requireVoice() {
    if (speechSeconds < LEAST_SPEECH) {
      if (callTone >= CALL_TONE) {
        throw new DetectionException(Reason.DIAL_TONE, "It is a dial, ring or busy tone.");
      }
      if (steadiness >= MUSIC) {
        throw new DetectionException(Reason.MUSIC, "It is music, and hardly anybody speaks.");
      }
      throw speechSeconds == 0
          ? new DetectionException(Reason.NO_SPEECH, "Nobody was heard speaking.")
          : new DetectionException(
              Reason.TOO_SHORT, "It has less than %s seconds of speech.".formatted(LEAST_SPEECH));
    }
    if (steadiness >= MUSIC) {
      throw new DetectionException(
          Reason.MUSIC, "It is a song, or its music is about as loud as its speech.");
    }
    if (signalToNoise < NOISY) {
      throw new DetectionException(
          Reason.TOO_NOISY,
          "Its speech is less than %.0f decibels louder than its noise.".formatted(NOISY));
    }
  }

  /** What chooses the row of counted errors. */
  public SoundTraits traits() {
    return new SoundTraits(
        speechSeconds, loudness, clipped, bandLimit, signalToNoise, source.kind());
  }

  /** What was measured, then the caveats, as facts of a report. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    add(findings, "speech", number(speechSeconds) + " s");
    add(findings, "level of the speech", number(loudness) + " dBFS");
    add(findings, "signal to noise", number(signalToNoise) + " dB");
    add(findings, "band limit", String.format(Locale.ROOT, "%,d Hz", bandLimit));
    add(findings, "clipped samples", String.format(Locale.ROOT, "%.2f %%", 100 * clipped));
    add(
        findings,
        "stored as",
        String.format(
            Locale.ROOT,
            "%s, %,d Hz, %d channel%s",
            source.codec(),
            source.sampleRate(),
            source.channels(),
            source.channels() == 1 ? "" : "s"));
    caveats().forEach(caveat -> add(findings, "caveat", caveat));
    return List.copyOf(findings);
  }

  /** What may mislead a detector of voices, in sentences. */
  public List<String> caveats() {
    List<String> caveats = new ArrayList<>();
    if (bandLimit <= TELEPHONE_BAND) {
      caveats.add("It has the band of a telephone.");
    } else if (bandLimit < FULL_BAND) {
      caveats.add("Its high frequencies are missing.");
    }
    if (signalToNoise < SOME_NOISE) {
      caveats.add("There is noise or music behind the speech.");
    }
    if (clipped >= SOME_CLIPPING) {
      caveats.add("It is clipped.");
    }
    if (loudness < QUIET) {
      caveats.add("The speech is very quiet.");
    }
    return List.copyOf(caveats);
  }

  private static void add(List<Finding> findings, String name, String value) {
    findings.add(new Finding(FINDINGS, name, value));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
