package org.touchstone.detectors;

import java.util.Set;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelRole;

/**
 * Stands for a detector of the ensemble whose model is not installed or cannot be used.
 *
 * @param category null when it is not known
 * @param howToInstall a sentence for whoever runs the system
 */
record NotInstalledDetector(
    String name, Category category, Set<Modality> tracks, String howToInstall) implements Detector {

  /** Stands for a detector without an installed model. */
  static Detector of(DetectorKind kind) {
    return new NotInstalledDetector(
        kind.name(), kind.category(), kind.tracks(), kind.howToInstall());
  }

  /** Stands for a detector whose model is installed but cannot be used. */
  static Detector of(String name, ModelRole.Detector role, String missing) {
    return new NotInstalledDetector(name, role.category(), role.tracks(), missing);
  }

  /** Stands for a detector of which only the name is known. */
  static Detector of(String name, Modality track, String absent) {
    Category category =
        EnsembleDetector.ALL.stream()
            .filter(detector -> detector.name().equals(name))
            .map(EnsembleDetector::category)
            .findFirst()
            .orElse(null);
    return new NotInstalledDetector(name, category, Set.of(track), absent);
  }

  @Override
  public boolean isInstalled() {
    return false;
  }

  @Override
  public String modelVersion() {
    return "none";
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    return DetectorReport.abstained(
        name, modelVersion(), category, Reason.NOT_INSTALLED, howToInstall);
  }
}
