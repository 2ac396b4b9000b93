package org.touchstone.models;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The sounds that a row of counted errors speaks of. A bound that is absent holds for every sound.
 * All bounds are inclusive; units as in {@link SoundTraits}.
 *
 * @param minSpeech least seconds of speech
 * @param minLoudness least level of the speech
 * @param maxLoudness greatest level of the speech
 * @param maxClipped greatest share of samples at full scale
 * @param minBandLimit least band limit
 * @param maxBandLimit greatest band limit
 * @param minSignalToNoise least level of the speech above the noise
 * @param maxSignalToNoise greatest level of the speech above the noise
 * @param codec how the sounds were stored
 */
public record SoundBounds(
    OptionalDouble minSpeech,
    OptionalDouble minLoudness,
    OptionalDouble maxLoudness,
    OptionalDouble maxClipped,
    OptionalInt minBandLimit,
    OptionalInt maxBandLimit,
    OptionalDouble minSignalToNoise,
    OptionalDouble maxSignalToNoise,
    Optional<SoundCodec> codec) {
  public SoundBounds {
    Objects.requireNonNull(codec, "codec");
  }

  /** Whether they speak of a sound of this quality. */
  boolean holdFor(SoundTraits sound) {
    return least(minSpeech, sound.speechSeconds())
        && least(minLoudness, sound.loudness())
        && greatest(maxLoudness, sound.loudness())
        && greatest(maxClipped, sound.clipped())
        && (minBandLimit.isEmpty() || sound.bandLimit() >= minBandLimit.getAsInt())
        && (maxBandLimit.isEmpty() || sound.bandLimit() <= maxBandLimit.getAsInt())
        && least(minSignalToNoise, sound.signalToNoise())
        && greatest(maxSignalToNoise, sound.signalToNoise())
        && (codec.isEmpty() || codec.get() == sound.codec());
  }

  private static boolean least(OptionalDouble bound, double value) {
    return bound.isEmpty() || value >= bound.getAsDouble();
  }

  private static boolean greatest(OptionalDouble bound, double value) {
    return bound.isEmpty() || value <= bound.getAsDouble();
  }
}
