package org.touchstone.models;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;

/** Reads what was measured of a detector's model. */
final class ReliabilityReader {
  /** Most rows, and the greatest side and count; more is a typing error. */
  private static final int MAX_ROWS = 64;

  private static final int MAX_SIDE = 65_536;
  private static final int MAX_COUNT = 1_000_000_000;

  private ReliabilityReader() {}

  static Optional<ReliabilityTable> read(ManifestFields fields) {
    if (fields == null) {
      return Optional.empty();
    }
    fields.allow(Set.of("version", "model", "preprocessing", "fitted", "fakeShare", "rows"));
    if (fields.objects("rows").size() > MAX_ROWS) {
      throw ManifestFields.bad("reliability.rows", "has more than " + MAX_ROWS);
    }
    return Optional.of(
        new ReliabilityTable(
            fields.matching("version", ModelManifest.VERSION),
            fields.matching("model", ManifestReader.SHA256),
            fields.matching("preprocessing", ManifestReader.SHA256),
            fields.flag("fitted", false),
            fakeShare(fields),
            fields.objects("rows").stream().map(ReliabilityReader::row).toList()));
  }

  private static OptionalDouble fakeShare(ManifestFields fields) {
    if (!fields.node().hasNonNull("fakeShare")) {
      return OptionalDouble.empty();
    }
    double share = fields.number("fakeShare", 0, 1, null);
    if (share == 0 || share == 1) {
      throw ManifestFields.bad("reliability.fakeShare", "must be more than 0 and less than 1");
    }
    return OptionalDouble.of(share);
  }

  private static ReliabilityTable.Row row(ManifestFields fields) {
    fields.allow(
        Set.of(
            "name",
            "minShortEdge",
            "maxShortEdge",
            "minFace",
            "maxFace",
            "compression",
            "sound",
            "combination",
            "falseAlarms",
            "authentic",
            "hits",
            "fakes",
            "source"));
    OptionalInt minShortEdge = fields.optionalInteger("minShortEdge", 1, MAX_SIDE);
    OptionalInt maxShortEdge = fields.optionalInteger("maxShortEdge", 1, MAX_SIDE);
    OptionalInt minFace = fields.optionalInteger("minFace", 1, MAX_SIDE);
    OptionalInt maxFace = fields.optionalInteger("maxFace", 1, MAX_SIDE);
    ordered(fields, "maxShortEdge", minShortEdge, maxShortEdge);
    ordered(fields, "maxFace", minFace, maxFace);
    return new ReliabilityTable.Row(
        minShortEdge,
        maxShortEdge,
        minFace,
        maxFace,
        fields.node().hasNonNull("compression")
            ? Optional.of(fields.choice("compression", Compression.class, null))
            : Optional.empty(),
        SoundBoundsReader.read(fields.optionalObject("sound")),
        fields.choice("combination", Combination.class, Combination.SINGLE),
        counts(fields),
        fields.text("source"));
  }

  private static void ordered(
      ManifestFields fields, String name, OptionalInt least, OptionalInt greatest) {
    if (least.isPresent() && greatest.isPresent() && least.getAsInt() > greatest.getAsInt()) {
      throw ManifestFields.bad(fields.prefix() + name, "must not be less than its minimum");
    }
  }

  private static Counts counts(ManifestFields fields) {
    int authentic = fields.integer("authentic", 0, MAX_COUNT, null);
    int fakes = fields.integer("fakes", 0, MAX_COUNT, null);
    return new Counts(
        fields.text("name"),
        fields.integer("falseAlarms", 0, authentic, null),
        authentic,
        fields.integer("hits", 0, fakes, null),
        fakes);
  }
}
