package org.touchstone.provenance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.provenance.Label;
import org.touchstone.domain.provenance.Label.Forgeability;
import org.touchstone.domain.provenance.Label.Meaning;
import org.touchstone.provenance.MediaMetadata.Entry;
import org.touchstone.provenance.SignatureCatalogue.Match;
import org.touchstone.provenance.credentials.CredentialReader;

/**
 * The report of the detector {@code metadata}, which looks for the traces that generators write
 * into their files. It gives a score only when it finds such a trace. Finding nothing is not
 * evidence, because most files lose their metadata on the way. A camera's metadata is reported as a
 * finding without weight, because anyone can write it. A generator's trace can be forged as well,
 * so no score is higher than 0.75, and the report says so. What a signature proves is not this
 * detector's: see {@link ProvenanceReader}.
 */
public final class MetadataReport {
  /** The detector's name. */
  public static final String DETECTOR = "metadata";

  public static final Category CATEGORY = Category.FORENSIC;

  private static final SignatureCatalogue CATALOGUE = SignatureCatalogue.bundled();
  private static final int MAX_VALUE_CHARS = 200;
  private static final int MAX_FINDINGS = 30;
  private static final String CAMERA = "camera";

  private MetadataReport() {}

  /**
   * The detector's version: that of the signatures, and of the rules for reading credentials, by
   * which claims of broken credentials are told from others.
   */
  public static String version() {
    return CATALOGUE.version() + "+" + CredentialReader.VERSION;
  }

  /** Version of the signatures. */
  static String signatures() {
    return CATALOGUE.version();
  }

  /**
   * Judges a file's own metadata.
   *
   * @param modality the medium's modality, not that of one of its tracks
   * @param provenance what became of its credentials: what broken ones say is not about this medium
   * @return the report without timings; empty when reading the tags was cut short, because a report
   *     without findings would be cached and reused
   */
  public static Optional<DetectorReport> of(
      MediaMetadata metadata, Modality modality, Provenance provenance) {
    if (!metadata.tagsComplete()) {
      return Optional.empty();
    }
    List<Match> matches =
        CATALOGUE.match(
            metadata.entries().stream()
                .filter(entry -> provenance.state() != State.INVALID || !isOfCredentials(entry))
                .toList(),
            modality);
    List<Match> scoring = matches.stream().filter(m -> m.score().isPresent()).toList();
    List<Finding> findings = new ArrayList<>(ofFile(metadata));
    matches.forEach(match -> findings.add(finding(match)));
    findings.addAll(context(metadata));
    List<Finding> shown = findings.stream().limit(MAX_FINDINGS).toList();
    return Optional.of(scoring.isEmpty() ? abstained(shown) : scored(scoring, shown));
  }

  /**
   * Labels and traces of generators. Those of content credentials are left out, which tell more by
   * themselves.
   */
  static List<Label> labels(MediaMetadata metadata, Modality modality) {
    return CATALOGUE.match(metadata.entries(), modality).stream()
        .filter(match -> !isOfCredentials(match.entry()))
        .map(
            match ->
                new Label(
                    match.signature().id(),
                    meaning(match.signature().strength()),
                    match.generator() == null ? null : shortened(match.generator()),
                    match.entry().source() + ":" + match.entry().name(),
                    shortened(match.entry().value()),
                    Forgeability.ANYBODY))
        .limit(MAX_FINDINGS)
        .toList();
  }

  private static Meaning meaning(String strength) {
    return switch (strength == null ? "" : strength) {
      case "declared", "named" -> Meaning.GENERATED;
      case "edited", "ingredient" -> Meaning.EDITED;
      case "hinted" -> Meaning.POSSIBLE;
      default -> Meaning.NOTE;
    };
  }

  private static boolean isOfCredentials(Entry entry) {
    return entry.source().equals("c2pa");
  }

  private static DetectorReport scored(List<Match> matches, List<Finding> findings) {
    List<Match> strongestFirst =
        matches.stream()
            .sorted(Comparator.comparingDouble((Match m) -> m.score().orElseThrow()).reversed())
            .toList();
    double score = strongestFirst.getFirst().score().orElseThrow();
    String generator =
        strongestFirst.stream()
            .map(Match::generator)
            .filter(Objects::nonNull)
            .map(MetadataReport::shortened)
            .findFirst()
            .orElse(null);
    Evidence evidence =
        Evidence.of(findings).withGenerator(generator).withRationale(claim(generator));
    return DetectorReport.scored(
        DETECTOR, version(), CATEGORY, score, evidence, ReportTimings.ZERO);
  }

  /** What a reader must know of such a trace: nobody verified it. */
  private static String claim(String generator) {
    return "The file says of itself that "
        + (generator == null ? "a generator" : generator)
        + " made or changed it; this can be forged.";
  }

  private static DetectorReport abstained(List<Finding> findings) {
    return DetectorReport.abstained(
            DETECTOR,
            version(),
            CATEGORY,
            Reason.NO_SIGNAL,
            "Its metadata does not name a generator; most files lose their metadata on the way.")
        .withEvidence(Evidence.of(findings));
  }

  private static Finding finding(Match match) {
    String source = match.entry().source() + ":" + match.entry().name();
    return new Finding(source, match.signature().id(), shortened(match.entry().value()));
  }

  /** What a reader must know of the file itself. */
  private static List<Finding> ofFile(MediaMetadata metadata) {
    return metadata.entries().stream()
        .filter(entry -> entry.source().equals(FileNotes.SOURCE))
        .map(entry -> new Finding(entry.source(), entry.name(), entry.value()))
        .toList();
  }

  /** Findings that are of interest to readers but have no weight. */
  private static List<Finding> context(MediaMetadata metadata) {
    List<Finding> findings = new ArrayList<>();
    String camera =
        Stream.of("Make", "Model")
            .flatMap(name -> metadata.first(ExifText.SOURCE, name).stream())
            .collect(Collectors.joining(" "));
    if (!camera.isEmpty()) {
      findings.add(new Finding(ExifText.SOURCE, CAMERA, shortened(camera)));
    }
    metadata
        .first(ExifText.SOURCE, "DateTimeOriginal")
        .ifPresent(v -> findings.add(new Finding(ExifText.SOURCE, "taken", shortened(v))));
    metadata
        .first(ExifText.SOURCE, "Software")
        .ifPresent(v -> findings.add(new Finding(ExifText.SOURCE, "software", shortened(v))));
    metadata
        .first(XmpText.SOURCE, SourceTypes.PROPERTY)
        .ifPresent(v -> findings.add(new Finding("xmp", "digital-source-type", shortened(v))));
    return findings;
  }

  private static String shortened(String value) {
    return value.length() <= MAX_VALUE_CHARS
        ? value
        : value.substring(0, MAX_VALUE_CHARS - 1) + "…";
  }
}
