package org.touchstone.storage;

import java.util.Optional;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;

/**
 * Evidence that is too large for a report. It is kept with the cached report and copied to each
 * analysis that uses it, so that either can be deleted without the other. The same bytes and the
 * same model give the same evidence, so storing it twice changes nothing.
 */
public final class EvidenceStore {
  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final Compute compute;

  /**
   * @param compute what the reports were computed on
   */
  public EvidenceStore(ObjectStore objects, Compute compute) {
    this.objects = objects;
    this.compute = compute;
  }

  /**
   * The kind of a piece of evidence.
   *
   * @param ending suffix of its key
   */
  public record Kind(String ending, String mimeType) {
    /** A heat map in PNG. */
    public static final Kind HEAT_MAP = new Kind(".heatmap.png", "image/png");

    /**
     * A frame's picture in JPEG.
     *
     * @param peak index of the peak it shows
     */
    public static Kind peakFrame(int peak) {
      if (peak < 0) {
        throw new IllegalArgumentException("no peak " + peak);
      }
      return new Kind(".peak-" + (peak + 1) + ".jpg", "image/jpeg");
    }
  }

  /**
   * Keeps evidence for later jobs on the same bytes.
   *
   * @param sha256 lower-case hexadecimal SHA-256 of the medium
   * @param report the report that the evidence belongs to
   * @return its key; empty when the report has no model version to store it under
   */
  public Optional<String> keep(
      String sha256, Modality track, DetectorReport report, Kind kind, byte[] content) {
    if (!Keys.isModelVersion(report.modelVersion())) {
      return Optional.empty();
    }
    String key =
        MediaKeys.cachedEvidence(
            sha256, track.code(), report.detector(), report.modelVersion(), compute, kind.ending());
    objects.put(key, content, kind.mimeType());
    return Optional.of(key);
  }

  /**
   * Copies kept evidence into an analysis.
   *
   * @param kept key returned by {@link #keep}
   * @return its key in the analysis; empty when the evidence is no longer stored
   */
  public Optional<String> attach(
      String kept, String analysisId, String mediaId, Modality track, String detector, Kind kind) {
    if (!MediaKeys.isCachedEvidence(kept, kind.ending())) {
      return Optional.empty();
    }
    return objects
        .read(kept)
        .map(
            content -> {
              String key =
                  MediaKeys.evidence(analysisId, mediaId, track.code(), detector, kind.ending());
              objects.put(key, content.body(), kind.mimeType());
              return key;
            });
  }

  /**
   * Keeps the peaks of a sound for later jobs on the same bytes.
   *
   * @param sha256 lower-case hexadecimal SHA-256 of the medium
   * @param json the peaks
   */
  public void keepWaveform(String sha256, byte[] json) {
    objects.put(MediaKeys.cachedWaveform(sha256), json, JSON);
  }

  /**
   * Copies the kept peaks of a sound into an analysis.
   *
   * @return their key in the analysis; empty when none are stored
   */
  public Optional<String> attachWaveform(String sha256, String analysisId, String mediaId) {
    return objects
        .read(MediaKeys.cachedWaveform(sha256))
        .map(
            content -> {
              String key = MediaKeys.waveform(analysisId, mediaId);
              objects.put(key, content.body(), JSON);
              return key;
            });
  }
}
