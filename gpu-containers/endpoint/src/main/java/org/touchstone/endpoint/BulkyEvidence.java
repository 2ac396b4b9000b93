package org.touchstone.endpoint;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.touchstone.detectors.HeatMap;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Job;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.storage.EvidenceStore;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Puts evidence that is too bulky for reports where the reports say it is. A report without it is
 * worth more than none: what cannot be stored is left out and logged.
 */
final class BulkyEvidence {
  private static final Logger LOG = Logger.getLogger(BulkyEvidence.class);

  private final EvidenceStore store;

  BulkyEvidence(EvidenceStore store) {
    this.store = store;
  }

  /** The result with its heat maps kept and named in its reports. */
  DetectionResult keep(MediaItem item, Modality track, DetectionResult result) {
    Map<String, HeatMap> heatMaps =
        result.heatMaps().stream()
            .collect(Collectors.toMap(HeatMap::detector, map -> map, (first, second) -> second));
    List<DetectorReport> reports =
        result.reports().stream()
            .map(
                report ->
                    report.evidence() == null || !heatMaps.containsKey(report.detector())
                        ? report
                        : keep(item, track, report, heatMaps.get(report.detector())))
            .toList();
    return new DetectionResult(reports, result.provenance());
  }

  private DetectorReport keep(
      MediaItem item, Modality track, DetectorReport report, HeatMap heatMap) {
    try {
      String key =
          store.keepHeatMap(
              item.sha256(), track, report.detector(), report.modelVersion(), heatMap.png());
      return report.withEvidence(report.evidence().withHeatmapKey(key));
    } catch (SdkException | UncheckedIOException e) {
      LOG.warnf(e, "a heat map of %s is not kept", item.id());
      return report;
    }
  }

  /** The report with its heat map, kept by this or an earlier job, made part of the analysis. */
  DetectorReport attach(Job job, DetectorReport report) {
    Evidence evidence = report.evidence();
    if (evidence == null || evidence.heatmapKey() == null) {
      return report;
    }
    String key = null;
    try {
      key =
          store
              .attachHeatMap(
                  evidence.heatmapKey(),
                  job.analysisId(),
                  job.media().id(),
                  job.track(),
                  report.detector())
              .orElse(null);
    } catch (SdkException | UncheckedIOException e) {
      LOG.warnf(e, "a heat map of %s is left out", job.media().id());
    }
    return report.withEvidence(evidence.withHeatmapKey(key));
  }
}
