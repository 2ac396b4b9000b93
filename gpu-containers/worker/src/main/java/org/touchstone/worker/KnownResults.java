package org.touchstone.worker;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.detectors.context.Detector;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.ReportTimings;
import org.touchstone.provenance.ProvenanceReader;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.ReportCache;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The results of earlier jobs on the same bytes: reports and the provenance. A medium whose results
 * are all known need not be fetched. A stored result that cannot be read counts as unknown.
 */
final class KnownResults {
  private static final Logger LOG = Logger.getLogger(KnownResults.class);

  private final ReportCache reports;
  private final String provenanceRules;
  private final WorkerMetrics metrics;

  KnownResults(ObjectStore objects, Compute compute, WorkerMetrics metrics) {
    this.reports = new ReportCache(Objects.requireNonNull(objects, "objects"), compute);
    this.provenanceRules = ProvenanceReader.bundled().versions().key();
    this.metrics = metrics;
  }

  /** The known reports by detector. Their timings are zero, because they took no time now. */
  Map<String, DetectorReport> reports(MediaItem item, Modality track, List<Detector> detectors) {
    Map<String, DetectorReport> found = new HashMap<>();
    for (Detector detector : detectors) {
      Optional<DetectorReport> report = report(item, track, detector);
      metrics.cached(report.isPresent());
      report.ifPresent(r -> found.put(detector.name(), r.withTimings(ReportTimings.ZERO)));
    }
    return found;
  }

  private Optional<DetectorReport> report(MediaItem item, Modality track, Detector detector) {
    try {
      return reports.find(item.sha256(), track, detector.name(), detector.modelVersion());
    } catch (UncheckedIOException e) {
      LOG.warnf(e, "a stored report of %s is not readable", item.id());
      return Optional.empty();
    }
  }

  /** The provenance, if it was read under the rules of this version. */
  Optional<Provenance> provenance(MediaItem item) {
    try {
      return reports.findProvenance(item.sha256(), provenanceRules);
    } catch (UncheckedIOException e) {
      LOG.warnf(e, "the stored provenance of %s is not readable", item.id());
      return Optional.empty();
    }
  }

  /** Stores the results that later jobs may use. A failure to store them does not fail the job. */
  void save(MediaItem item, Modality track, DetectionResult result) {
    try {
      result.reports().forEach(report -> reports.save(item.sha256(), track, report));
      if (result.provenance() != null) {
        reports.saveProvenance(item.sha256(), provenanceRules, result.provenance());
      }
    } catch (SdkException | UncheckedIOException e) {
      LOG.warnf(e, "the reports of %s could not be stored for later jobs", item.id());
    }
  }
}
