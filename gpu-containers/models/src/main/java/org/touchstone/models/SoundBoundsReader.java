package org.touchstone.models;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Reads of which sounds a row of counted errors speaks. */
final class SoundBoundsReader {
  /** Longest speech, seconds, and largest level, decibels; more is a typing error. */
  private static final double MAX_SECONDS = 86_400;

  private static final double MAX_DECIBELS = 200;
  private static final int MAX_HERTZ = 96_000;

  private final ManifestFields fields;

  private SoundBoundsReader(ManifestFields fields) {
    this.fields = fields;
  }

  static Optional<SoundBounds> read(ManifestFields fields) {
    return fields == null ? Optional.empty() : Optional.of(new SoundBoundsReader(fields).bounds());
  }

  private SoundBounds bounds() {
    fields.allow(
        Set.of(
            "minSpeech",
            "minLoudness",
            "maxLoudness",
            "maxClipped",
            "minBandLimit",
            "maxBandLimit",
            "minSignalToNoise",
            "maxSignalToNoise",
            "codec"));
    SoundBounds bounds =
        new SoundBounds(
            number("minSpeech", 0, MAX_SECONDS),
            number("minLoudness", -MAX_DECIBELS, 0),
            number("maxLoudness", -MAX_DECIBELS, 0),
            number("maxClipped", 0, 1),
            fields.optionalInteger("minBandLimit", 1, MAX_HERTZ),
            fields.optionalInteger("maxBandLimit", 1, MAX_HERTZ),
            number("minSignalToNoise", -MAX_DECIBELS, MAX_DECIBELS),
            number("maxSignalToNoise", -MAX_DECIBELS, MAX_DECIBELS),
            fields.node().hasNonNull("codec")
                ? Optional.of(fields.choice("codec", SoundCodec.class, null))
                : Optional.empty());
    ordered("maxLoudness", bounds.minLoudness(), bounds.maxLoudness());
    ordered("maxBandLimit", asDouble(bounds.minBandLimit()), asDouble(bounds.maxBandLimit()));
    ordered("maxSignalToNoise", bounds.minSignalToNoise(), bounds.maxSignalToNoise());
    return bounds;
  }

  private OptionalDouble number(String name, double min, double max) {
    return fields.node().hasNonNull(name)
        ? OptionalDouble.of(fields.number(name, min, max, null))
        : OptionalDouble.empty();
  }

  private void ordered(String name, OptionalDouble least, OptionalDouble greatest) {
    if (least.isPresent() && greatest.isPresent() && least.getAsDouble() > greatest.getAsDouble()) {
      throw ManifestFields.bad(fields.prefix() + name, "must not be less than its minimum");
    }
  }

  private static OptionalDouble asDouble(OptionalInt value) {
    return value.isPresent() ? OptionalDouble.of(value.getAsInt()) : OptionalDouble.empty();
  }
}
