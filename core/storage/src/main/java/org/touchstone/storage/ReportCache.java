package org.touchstone.storage;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;

/**
 * Reports by content: the same bytes are analysed once per model version. Only reports that follow
 * from the content and the model are kept. After a fault, or when a model was not installed, the
 * detector runs again. The provenance that a medium claims is stored beside its reports.
 *
 * <p>CPUs and GPUs round differently, so each keeps its own reports. Reading metadata computes
 * nothing that could differ; its reports are kept once.
 */
public final class ReportCache {
  /**
   * Reasons that depend on the content only. Decoding is left out, since the next release may
   * decode more.
   */
  private static final Set<Reason> OF_CONTENT =
      EnumSet.of(
          Reason.NO_FACE,
          Reason.FACE_TOO_SMALL,
          Reason.FACE_TURNED,
          Reason.SEVERAL_FACES,
          Reason.VOICE_OVER,
          Reason.TOO_SHORT,
          Reason.TOO_SMALL,
          Reason.TOO_DARK,
          Reason.NO_SPEECH,
          Reason.MUSIC,
          Reason.DIAL_TONE,
          Reason.TOO_NOISY,
          Reason.UNCLEAR_SPEECH,
          // Its transcript took long, and the version of whatever judges it will be another one.
          Reason.NOT_CONFIGURED,
          Reason.NO_AUDIO,
          Reason.NO_SIGNAL,
          Reason.NOT_APPLICABLE);

  private final ObjectStore objects;
  private final Compute compute;

  /** The cache of reports that were computed on GPUs, and of metadata. */
  public ReportCache(ObjectStore objects) {
    this(objects, Compute.GPU);
  }

  /**
   * @param compute what the reports are computed on
   */
  public ReportCache(ObjectStore objects, Compute compute) {
    this.objects = objects;
    this.compute = compute;
  }

  /**
   * The report of this version of the detector on these bytes.
   *
   * @param sha256 lower-case hexadecimal SHA-256 of the medium
   * @param modelVersion absent without a model; the result is then empty
   */
  public Optional<DetectorReport> find(
      String sha256, Modality track, String detector, String modelVersion) {
    return Keys.isModelVersion(modelVersion)
        ? objects
            .read(key(sha256, track, detector, modelVersion))
            .map(object -> Json.read(object.body(), DetectorReport.class))
        : Optional.empty();
  }

  /** Keeps a report if it follows from the content; otherwise does nothing. */
  public void save(String sha256, Modality track, DetectorReport report) {
    if (followsFromContent(report) && Keys.isModelVersion(report.modelVersion())) {
      objects.put(
          key(sha256, track, report.detector(), report.modelVersion()),
          Json.bytes(report),
          "application/json");
    }
  }

  /**
   * The provenance of these bytes.
   *
   * @param rulesVersion version of the rules used to read it
   */
  public Optional<Provenance> findProvenance(String sha256, String rulesVersion) {
    return objects
        .read(MediaKeys.cachedProvenance(sha256, rulesVersion))
        .map(object -> Json.read(object.body(), Provenance.class));
  }

  /** Keeps the provenance of these bytes, as read by this version of the rules. */
  public void saveProvenance(String sha256, String rulesVersion, Provenance provenance) {
    objects.put(
        MediaKeys.cachedProvenance(sha256, rulesVersion),
        Json.bytes(provenance),
        "application/json");
  }

  private String key(String sha256, Modality track, String detector, String modelVersion) {
    boolean metadata = detector.equals(EnsembleDetector.METADATA.name());
    return MediaKeys.cachedReport(
        sha256, track.code(), detector, modelVersion, metadata ? Compute.GPU : compute);
  }

  private static boolean followsFromContent(DetectorReport report) {
    return report.status() == ReportStatus.SCORED
        || report.status() == ReportStatus.ABSTAINED && OF_CONTENT.contains(report.reason());
  }
}
