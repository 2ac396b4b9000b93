package org.touchstone.intake.downloads;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;

/** The pieces of evidence that an analysis has. */
public final class EvidenceKeys {
  private EvidenceKeys() {}

  /** The keys that reports name. */
  public static Set<String> of(Analysis analysis) {
    Stream<Evidence> evidence =
        analysis.reports().stream()
            .map(Analysis.MediaReport::report)
            .map(DetectorReport::evidence)
            .filter(Objects::nonNull);
    return Stream.concat(
            evidence.flatMap(
                e ->
                    Stream.concat(
                        Stream.ofNullable(e.heatmapKey()),
                        Stream.concat(
                                e.peaks().stream(),
                                Stream.ofNullable(e.faces()).flatMap(f -> f.peaks().stream()))
                            .map(Evidence.Peak::frameKey)
                            .filter(Objects::nonNull))),
            Stream.ofNullable(analysis.waveforms())
                .flatMap(all -> all.stream().map(Analysis.MediaWaveform::key)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
