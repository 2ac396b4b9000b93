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
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportTimings;
import org.touchstone.provenance.SignatureCatalogue.Match;

/**
 * The report of the detector {@code metadata}, which looks for the traces that generators write
 * into their files. It gives a score only when it finds such a trace. Finding nothing is not
 * evidence, because most files lose their metadata on the way. A camera's metadata is reported as a
 * finding without weight, because anyone can write it. A generator's trace can be forged as well,
 * and the report says so.
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

  /** Version of the signatures, which is also the detector's version. */
  public static String version() {
    return CATALOGUE.version();
  }

  /**
   * Judges a file's own metadata.
   *
   * @param modality the medium's modality, not that of one of its tracks
   * @return the report without timings; empty when reading the tags was cut short, because a report
   *     without findings would be cached and reused
   */
  public static Optional<DetectorReport> of(MediaMetadata metadata, Modality modality) {
    if (!metadata.tagsComplete()) {
      return Optional.empty();
    }
    List<Match> matches = CATALOGUE.match(metadata.entries(), modality);
    List<Match> scoring = matches.stream().filter(m -> m.score().isPresent()).toList();
    List<Finding> findings = new ArrayList<>(ofFile(metadata));
    matches.forEach(match -> findings.add(finding(match)));
    findings.addAll(context(metadata));
    List<Finding> shown = findings.stream().limit(MAX_FINDINGS).toList();
    return Optional.of(scoring.isEmpty() ? abstained(shown) : scored(scoring, shown));
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
