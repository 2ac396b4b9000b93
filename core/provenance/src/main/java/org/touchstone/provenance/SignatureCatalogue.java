package org.touchstone.provenance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.provenance.MediaMetadata.Entry;
import org.touchstone.provenance.Signature.Condition;

/**
 * The known signatures, from a versioned data file.
 *
 * <p>Anybody can write such a trace into any file, so no strength is above 0.75: under no bundled
 * policy is a medium "high" for what its file says of itself. A medium that was only edited with a
 * generator, or that has a generated parent, may be an authentic photograph with a speck removed.
 * Such strengths are below 0.7, from which on the default policy counts a score as a claim that a
 * generator made it; from 0.6 on, as one that it changed it.
 *
 * @param version changes with every change of the file
 * @param strengths score, 0..1, of each strength that signatures name
 */
record SignatureCatalogue(
    String version, Map<String, Double> strengths, List<Signature> signatures) {

  private static final double MAX_STRENGTH = 0.75;

  private static final ObjectReader READER =
      Json.mapper()
          .readerFor(SignatureCatalogue.class)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  SignatureCatalogue {
    Objects.requireNonNull(version, "version");
    strengths = Map.copyOf(strengths);
    signatures = List.copyOf(signatures);
    if (strengths.values().stream().anyMatch(score -> score > MAX_STRENGTH)) {
      throw new IllegalArgumentException("a strength is above " + MAX_STRENGTH);
    }
    for (Signature signature : signatures) {
      if (signature.strength() != null && !strengths.containsKey(signature.strength())) {
        throw new IllegalArgumentException("unknown strength in signature " + signature.id());
      }
    }
  }

  /** The bundled catalogue. */
  static SignatureCatalogue bundled() {
    try (InputStream in = SignatureCatalogue.class.getResourceAsStream("signatures.json")) {
      return READER.readValue(in);
    } catch (IOException e) {
      throw new UncheckedIOException("signatures.json cannot be read", e);
    }
  }

  /**
   * A signature that was found.
   *
   * @param entry the entry that met its first condition
   * @param score the score of its strength, 0..1; empty when it is reported without a score
   * @param generator the generator it names, or null
   */
  record Match(Signature signature, Entry entry, OptionalDouble score, String generator) {}

  /** All signatures found, in the catalogue's order. */
  List<Match> match(List<Entry> entries, Modality modality) {
    List<Match> matches = new ArrayList<>();
    for (Signature signature : signatures) {
      if (signature.only() == null || signature.only() == modality) {
        find(signature, entries).ifPresent(entry -> matches.add(match(signature, entry)));
      }
    }
    return List.copyOf(matches);
  }

  private Match match(Signature signature, Entry entry) {
    String strength = signature.strength();
    return new Match(
        signature,
        entry,
        strength == null ? OptionalDouble.empty() : OptionalDouble.of(strengths.get(strength)),
        signature.generatorFromValue() ? entry.value() : signature.generator());
  }

  private static Optional<Entry> find(Signature signature, List<Entry> entries) {
    Entry first = null;
    for (Condition condition : signature.when()) {
      Optional<Entry> met = entries.stream().filter(condition::holds).findFirst();
      if (met.isEmpty()) {
        return Optional.empty();
      }
      first = first == null ? met.get() : first;
    }
    return Optional.ofNullable(first);
  }
}
