package org.touchstone.detectors.pipelines.metadata;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.ReportTimings;
import org.touchstone.provenance.ExifText;
import org.touchstone.provenance.MediaMetadata;
import org.touchstone.provenance.SignatureCatalogue;
import org.touchstone.provenance.SignatureCatalogue.Match;
import org.touchstone.provenance.SourceTypes;
import org.touchstone.provenance.XmpText;

/**
 * Looks for what generators write into their files. It scores only when it finds something: that
 * nothing is found says nothing, as most files lose their metadata on the way, and a camera's
 * metadata is told as a finding but can be written by anyone.
 */
public final class MetadataDetector implements Detector {
  private static final MetadataKind KIND = new MetadataKind();
  private static final int MAX_VALUE_CHARS = 200;
  private static final int MAX_FINDINGS = 30;
  private static final String CAMERA = "camera";

  private final SignatureCatalogue catalogue = SignatureCatalogue.bundled();

  @Override
  public String name() {
    return KIND.name();
  }

  @Override
  public String modelVersion() {
    return catalogue.version();
  }

  @Override
  public Category category() {
    return KIND.category();
  }

  @Override
  public Set<Modality> tracks() {
    return KIND.tracks();
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    MediaMetadata metadata = media.metadata();
    if (!metadata.tagsComplete()) {
      // A report that nothing was found would be kept and used again.
      throw new DetectionException(Reason.TIMEOUT, "Reading its tags took too long.");
    }
    List<Match> matches = catalogue.match(metadata.entries(), media.item().modality());
    List<Match> scoring = matches.stream().filter(m -> m.score().isPresent()).toList();
    List<Finding> findings = new ArrayList<>();
    matches.forEach(match -> findings.add(finding(match)));
    findings.addAll(context(metadata));
    List<Finding> shown = findings.stream().limit(MAX_FINDINGS).toList();
    return scoring.isEmpty() ? abstained(shown) : scored(scoring, shown);
  }

  private DetectorReport scored(List<Match> matches, List<Finding> findings) {
    List<Match> strongestFirst =
        matches.stream()
            .sorted(Comparator.comparingDouble((Match m) -> m.score().orElseThrow()).reversed())
            .toList();
    double score = strongestFirst.getFirst().score().orElseThrow();
    String generator =
        strongestFirst.stream()
            .map(Match::generator)
            .filter(Objects::nonNull)
            .map(MetadataDetector::shortened)
            .findFirst()
            .orElse(null);
    Evidence evidence = new Evidence(null, null, null, null, null, generator, findings);
    return DetectorReport.scored(
        name(), modelVersion(), category(), score, evidence, ReportTimings.ZERO);
  }

  private DetectorReport abstained(List<Finding> findings) {
    return new DetectorReport(
        name(),
        modelVersion(),
        ReportStatus.ABSTAINED,
        null,
        Reason.NO_SIGNAL,
        "Its metadata names no generator, which most files lose on the way.",
        category(),
        new Evidence(null, null, null, null, null, null, findings),
        ReportTimings.ZERO);
  }

  private static Finding finding(Match match) {
    String source = match.entry().source() + ":" + match.entry().name();
    return new Finding(source, match.signature().id(), shortened(match.entry().value()));
  }

  /** What is of interest to a reader and carries no weight. */
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
