package org.touchstone.worker;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.touchstone.detectors.context.EvidencePicture;
import org.touchstone.detectors.context.HeatMap;
import org.touchstone.detectors.context.PeakFrame;
import org.touchstone.detectors.sound.Waveform;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Job;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.storage.EvidenceStore;
import org.touchstone.storage.EvidenceStore.Kind;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Stores evidence that is too bulky for reports under the keys that the reports name. A report
 * without such evidence is better than no report, so evidence that cannot be stored is left out and
 * logged.
 */
final class BulkyEvidence {
  private static final Logger LOG = Logger.getLogger(BulkyEvidence.class);

  private final EvidenceStore store;

  BulkyEvidence(EvidenceStore store) {
    this.store = store;
  }

  /** The result with its pictures stored and named in its reports, and its waveform stored. */
  DetectionResult keep(MediaItem item, Modality track, DetectionResult result) {
    if (result.waveform() != null) {
      keep(item, result.waveform());
    }
    List<DetectorReport> reports = new ArrayList<>();
    for (DetectorReport report : result.reports()) {
      DetectorReport named = report;
      for (EvidencePicture picture : result.pictures()) {
        // A detector that ran out of time may hand over pictures without evidence.
        if (report.evidence() != null && picture.detector().equals(report.detector())) {
          named = keep(item, track, named, picture);
        }
      }
      reports.add(named);
    }
    return new DetectionResult(reports, result.provenance());
  }

  private void keep(MediaItem item, Waveform waveform) {
    try {
      store.keepWaveform(item.sha256(), Json.bytes(waveform));
    } catch (SdkException | UncheckedIOException e) {
      LOG.warnf(e, "the waveform of %s could not be stored", item.id());
    }
  }

  /**
   * The key of the sound's waveform, attached to the analysis, whether this or an earlier job
   * stored it; null for a job on pictures and when there is none.
   */
  String attachWaveform(Job job) {
    if (job.track() != Modality.AUDIO) {
      return null;
    }
    MediaItem item = job.media();
    try {
      return store.attachWaveform(item.sha256(), job.analysisId(), item.id()).orElse(null);
    } catch (SdkException | UncheckedIOException e) {
      LOG.warnf(e, "the waveform of %s is left out", item.id());
      return null;
    }
  }

  private DetectorReport keep(
      MediaItem item, Modality track, DetectorReport report, EvidencePicture picture) {
    Evidence evidence = report.evidence();
    return report.withEvidence(
        switch (picture) {
          case HeatMap map ->
              evidence.withHeatmapKey(keep(item, track, report, Kind.HEAT_MAP, map.png()));
          case PeakFrame frame ->
              evidence.withPeakFrame(
                  frame.peak(),
                  keep(item, track, report, Kind.peakFrame(frame.peak()), frame.jpeg()));
        });
  }

  private String keep(
      MediaItem item, Modality track, DetectorReport report, Kind kind, byte[] content) {
    try {
      return store.keep(item.sha256(), track, report, kind, content).orElse(null);
    } catch (SdkException | UncheckedIOException e) {
      LOG.warnf(e, "evidence of %s could not be stored", item.id());
      return null;
    }
  }

  /**
   * The report with its pictures attached to the analysis, whether this or an earlier job stored
   * them.
   */
  DetectorReport attach(Job job, DetectorReport report) {
    Evidence evidence = report.evidence();
    if (evidence == null) {
      return report;
    }
    Evidence attached =
        evidence.withHeatmapKey(attach(job, report, Kind.HEAT_MAP, evidence.heatmapKey()));
    List<Peak> peaks = evidence.highest();
    for (int i = 0; i < peaks.size(); i++) {
      attached =
          attached.withPeakFrame(
              i, attach(job, report, Kind.peakFrame(i), peaks.get(i).frameKey()));
    }
    return report.withEvidence(attached);
  }

  /** The key of the attached evidence in the analysis; null if there is none. */
  private String attach(Job job, DetectorReport report, Kind kind, String kept) {
    if (kept == null) {
      return null;
    }
    try {
      return store
          .attach(kept, job.analysisId(), job.media().id(), job.track(), report.detector(), kind)
          .orElse(null);
    } catch (SdkException | UncheckedIOException e) {
      LOG.warnf(e, "evidence of %s is left out", job.media().id());
      return null;
    }
  }
}
