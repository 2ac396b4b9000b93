package org.touchstone.models;

import java.util.Objects;

/**
 * The quality of a sound with speech.
 *
 * @param speechSeconds how long somebody speaks, seconds
 * @param loudness root mean square of the speech, decibels relative to full scale (0 or less)
 * @param clipped share of the speech's samples at full scale, 0..1
 * @param bandLimit frequency above which there is next to nothing, Hz
 * @param signalToNoise level of the speech above that of the quietest tenth of the sound, decibels
 * @param codec how the sound is stored
 */
public record SoundTraits(
    double speechSeconds,
    double loudness,
    double clipped,
    int bandLimit,
    double signalToNoise,
    SoundCodec codec) {
  public SoundTraits {
    Objects.requireNonNull(codec, "codec");
  }
}
