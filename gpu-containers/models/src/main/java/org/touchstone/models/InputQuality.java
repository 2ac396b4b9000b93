package org.touchstone.models;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The quality of what a detector looked at, as far as it is known.
 *
 * @param shortEdge the picture's shorter side, pixels
 * @param face size of the faces, pixels of the shorter side of a face's box; where there are
 *     several, their median if people are told apart, otherwise the smallest
 * @param compression how much the medium was compressed
 * @param sound the quality of the sound, for detectors that listen
 */
public record InputQuality(
    OptionalInt shortEdge,
    OptionalInt face,
    Optional<Compression> compression,
    Optional<SoundTraits> sound) {
  /** Nothing is known. */
  public static final InputQuality UNKNOWN =
      new InputQuality(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

  public InputQuality {
    Objects.requireNonNull(shortEdge, "shortEdge");
    Objects.requireNonNull(face, "face");
    Objects.requireNonNull(compression, "compression");
    Objects.requireNonNull(sound, "sound");
  }

  /** The quality of a picture or a video. */
  public InputQuality(OptionalInt shortEdge, OptionalInt face, Optional<Compression> compression) {
    this(shortEdge, face, compression, Optional.empty());
  }

  /** The quality of a sound. */
  public static InputQuality of(SoundTraits sound) {
    return new InputQuality(
        OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.of(sound));
  }

  /** The same, with faces of a size. */
  public InputQuality withFace(int pixels) {
    return new InputQuality(shortEdge, OptionalInt.of(pixels), compression, sound);
  }
}
