package org.touchstone.models;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.domain.voting.odds.BinomialBounds;
import org.touchstone.models.ReliabilityTable.Row;

/** Says how far a score can be trusted, from what the manifest of its model says. */
public final class Reliabilities {
  /** Of the bounds that rows are compared by; policies take the same. */
  private static final double CONFIDENCE = 0.95;

  private static final String OTHER_MODEL =
      "Its calibration was made with another model file or another preprocessing.";

  private Reliabilities() {}

  /**
   * How far a score can be trusted; empty when the manifest says nothing of it.
   *
   * <p>Of the rows of this combination those count whose bounds hold for the input; of several, the
   * worst; if none does, the worst of all. A mean or median without a row of its own has neither
   * calibration nor counts. A maximum without one has those of a single look, because a vote can
   * allow for the number of looks.
   *
   * @param input the quality of what was looked at
   * @param combination how the looks became the score; of one look, it is single
   * @param looks frames, faces or windows behind the score, at least 1
   */
  public static Optional<Reliability> of(
      ModelManifest manifest, InputQuality input, Combination combination, int looks) {
    Optional<ModelRole.Detector> role = manifest.detector();
    Optional<ReliabilityTable> table = role.flatMap(ModelRole.Detector::reliability);
    Optional<String> family = role.flatMap(ModelRole.Detector::family);
    boolean other = table.isPresent() && !belongsTo(manifest, table.get());
    String doubt = other ? OTHER_MODEL : role.flatMap(r -> doubt(r.region(), input)).orElse(null);
    if (table.isEmpty() && family.isEmpty() && doubt == null) {
      return Optional.empty();
    }
    Combination way = looks == 1 ? Combination.SINGLE : combination;
    Optional<ReliabilityTable> usable = table.filter(t -> !other && speaksOf(t, way));
    Optional<ReliabilityTable> fit = usable.filter(ReliabilityTable::fitted);
    return Optional.of(
        new Reliability(
            family.orElse(null),
            fit.map(ReliabilityTable::version).orElse(null),
            fit.filter(t -> t.fakeShare().isPresent())
                .map(t -> t.fakeShare().getAsDouble())
                .orElse(null),
            usable.flatMap(t -> counts(t, input, way)).orElse(null),
            way,
            looks,
            doubt,
            role.map(r -> r.output().threshold())
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .orElse(null)));
  }

  private static boolean belongsTo(ModelManifest manifest, ReliabilityTable table) {
    return table.model().equals(manifest.files().get(manifest.modelFile()))
        && table.preprocessing().equals(manifest.preprocessingDigest());
  }

  private static Optional<String> doubt(Region region, InputQuality input) {
    if (region.doubtfulBelow() == 0) {
      return Optional.empty();
    }
    if (input.face().isPresent() && input.face().getAsInt() < region.doubtfulBelow()) {
      return Optional.of(
          "Faces of fewer than %d pixels mislead it.".formatted(region.doubtfulBelow()));
    }
    return input
        .compression()
        .filter(Compression.STRONG::equals)
        .map(strong -> "Strongly compressed faces mislead it.");
  }

  /** Whether what was measured of single looks, or of this combination, can be used. */
  private static boolean speaksOf(ReliabilityTable table, Combination way) {
    return way == Combination.SINGLE || way == Combination.MAXIMUM || !rows(table, way).isEmpty();
  }

  private static Optional<Counts> counts(
      ReliabilityTable table, InputQuality input, Combination way) {
    List<Row> own = rows(table, way);
    List<Row> rows =
        own.isEmpty() && way == Combination.MAXIMUM ? rows(table, Combination.SINGLE) : own;
    List<Row> holding = rows.stream().filter(row -> row.holdsFor(input)).toList();
    return (holding.isEmpty() ? rows : holding)
        .stream().map(Row::counts).min(Comparator.comparingDouble(Reliabilities::ratio));
  }

  private static List<Row> rows(ReliabilityTable table, Combination way) {
    return table.rows().stream().filter(row -> row.combination() == way).toList();
  }

  /** How many times likelier a fake is flagged than an authentic medium, at worst. */
  private static double ratio(Counts counts) {
    return BinomialBounds.lower(counts.hits(), counts.fakes(), CONFIDENCE)
        / BinomialBounds.upper(counts.falseAlarms(), counts.authentic(), CONFIDENCE);
  }
}
