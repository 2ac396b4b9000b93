package org.touchstone.storage;

import java.util.Optional;
import org.touchstone.domain.Modality;

/**
 * Evidence too bulky for a report. It is kept with the report that may be used again, and copied to
 * each analysis that uses it, so that either may be deleted without the other. The same bytes under
 * the same model give the same evidence, so that storing it twice changes nothing.
 */
public final class EvidenceStore {
  private static final String PNG = "image/png";

  private final ObjectStore objects;

  public EvidenceStore(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * Keeps a heat map for later jobs on the same bytes.
   *
   * @param sha256 lower-case hexadecimal SHA-256 of the medium
   * @return its key
   */
  public String keepHeatMap(
      String sha256, Modality track, String detector, String modelVersion, byte[] png) {
    String key = Keys.cachedHeatMap(sha256, track.code(), detector, modelVersion);
    objects.put(key, png, PNG);
    return key;
  }

  /**
   * Makes a kept heat map part of an analysis.
   *
   * @param kept key that {@link #keepHeatMap} gave
   * @return its key in the analysis; empty when it is no longer kept
   */
  public Optional<String> attachHeatMap(
      String kept, String analysisId, String mediaId, Modality track, String detector) {
    if (!Keys.isCachedHeatMap(kept)) {
      return Optional.empty();
    }
    return objects
        .read(kept)
        .map(
            heatMap -> {
              String key = Keys.heatMap(analysisId, mediaId, track.code(), detector);
              objects.put(key, heatMap.body(), PNG);
              return key;
            });
  }
}
