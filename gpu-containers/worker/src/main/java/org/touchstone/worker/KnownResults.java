package org.touchstone.worker;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.pipelines.metadata.MetadataDetector;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.ReportTimings;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.ReportCache;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What earlier jobs found out about the same bytes: reports, and beside them the provenance, so
 * that a medium about which all is known need not be fetched. What cannot be read is not known.
 */
final class KnownResults {
  private static final Logger LOG = Logger.getLogger(KnownResults.class);

  private final ReportCache reports;
  private final String provenanceRules;
  private final WorkerMetrics metrics;

  KnownResults(ObjectStore objects, WorkerMetrics metrics) {
    this.reports = new ReportCache(Objects.requireNonNull(objects, "objects"));
    this.provenanceRules = new MetadataDetector().modelVersion();
    this.metrics = metrics;
  }

  /** The reports known, by detector. They took no time now, and their timings say so. */
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
      LOG.warnf(e, "a report kept of %s is not readable", item.id());
      return Optional.empty();
    }
  }

  /** The provenance, if it is known by the rules of this version. */
  Optional<Provenance> provenance(MediaItem item) {
    try {
      return reports.findProvenance(item.sha256(), provenanceRules);
    } catch (UncheckedIOException e) {
      LOG.warnf(e, "the provenance kept of %s is not readable", item.id());
      return Optional.empty();
    }
  }

  /** Keeps what may be used again. That nothing could be kept is no reason to do a job again. */
  void save(MediaItem item, Modality track, DetectionResult result) {
    try {
      result.reports().forEach(report -> reports.save(item.sha256(), track, report));
      if (result.provenance() != null) {
        reports.saveProvenance(item.sha256(), provenanceRules, result.provenance());
      }
    } catch (SdkException | UncheckedIOException e) {
      LOG.warnf(e, "the reports of %s are not kept for later jobs", item.id());
    }
  }
}
