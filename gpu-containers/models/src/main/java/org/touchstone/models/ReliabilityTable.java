package org.touchstone.models;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;

/**
 * What somebody measured of a model: how its score was fitted to data, and how often it erred. It
 * holds for one file and one preprocessing.
 *
 * @param version names the calibration and its data
 * @param model SHA-256 of the model file it was measured with
 * @param preprocessing {@link ModelManifest#preprocessingDigest()} it was measured with
 * @param fitted whether the score was fitted to data
 * @param fakeShare share of fakes in those data, 0..1
 * @param rows errors counted for different kinds of input
 */
public record ReliabilityTable(
    String version,
    String model,
    String preprocessing,
    boolean fitted,
    OptionalDouble fakeShare,
    List<Row> rows) {
  public ReliabilityTable {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(preprocessing, "preprocessing");
    Objects.requireNonNull(fakeShare, "fakeShare");
    rows = List.copyOf(rows);
  }

  /**
   * Errors counted on media of one kind. A bound that is absent holds for every input; one that is
   * present holds only where the input's quality is known.
   *
   * @param minShortEdge least length of the picture's shorter side, pixels, inclusive
   * @param maxShortEdge greatest length, inclusive
   * @param minFace least size of the faces, pixels of the shorter side of a face's box, inclusive
   * @param maxFace greatest size, inclusive
   * @param compression how much the media were compressed
   * @param sound the sounds it speaks of
   * @param combination how several looks became the score
   * @param counts the errors, under the row's name
   * @param source who counted, on what
   */
  public record Row(
      OptionalInt minShortEdge,
      OptionalInt maxShortEdge,
      OptionalInt minFace,
      OptionalInt maxFace,
      Optional<Compression> compression,
      Optional<SoundBounds> sound,
      Combination combination,
      Counts counts,
      String source) {
    public Row {
      Objects.requireNonNull(sound, "sound");
      Objects.requireNonNull(combination, "combination");
      Objects.requireNonNull(counts, "counts");
      Objects.requireNonNull(source, "source");
    }

    /** A row that speaks of every sound. */
    public Row(
        OptionalInt minShortEdge,
        OptionalInt maxShortEdge,
        OptionalInt minFace,
        OptionalInt maxFace,
        Optional<Compression> compression,
        Combination combination,
        Counts counts,
        String source) {
      this(
          minShortEdge,
          maxShortEdge,
          minFace,
          maxFace,
          compression,
          Optional.empty(),
          combination,
          counts,
          source);
    }

    /** Whether it speaks of input of this quality. */
    boolean holdsFor(InputQuality input) {
      return within(input.shortEdge(), minShortEdge, maxShortEdge)
          && within(input.face(), minFace, maxFace)
          && (compression.isEmpty() || compression.equals(input.compression()))
          && (sound.isEmpty() || input.sound().filter(sound.get()::holdFor).isPresent());
    }

    private static boolean within(OptionalInt value, OptionalInt least, OptionalInt greatest) {
      return (least.isEmpty() || value.isPresent() && value.getAsInt() >= least.getAsInt())
          && (greatest.isEmpty() || value.isPresent() && value.getAsInt() <= greatest.getAsInt());
    }
  }
}
