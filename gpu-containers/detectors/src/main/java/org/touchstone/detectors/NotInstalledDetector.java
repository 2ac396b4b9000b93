package org.touchstone.detectors;

import java.util.List;
import java.util.Set;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelRole;

/**
 * Stands for a detector of the ensemble whose model is not there.
 *
 * @param howToInstall a sentence for whoever runs the system
 */
record NotInstalledDetector(
    String name, Category category, Set<Modality> tracks, String howToInstall) implements Detector {

  /** The ensemble's detectors that need something an organisation has to bring. */
  static List<Detector> ensemble() {
    return EnsembleDetector.ALL.stream()
        .filter(detector -> !detector.equals(EnsembleDetector.METADATA))
        .<Detector>map(
            detector ->
                new NotInstalledDetector(
                    detector.name(),
                    detector.category(),
                    detector.tracks(),
                    howToInstall(detector)))
        .toList();
  }

  /** A detector whose model is there, but listens, which no detector here does so far. */
  static Detector withoutListener(String name, ModelRole.Detector role) {
    return new NotInstalledDetector(
        name,
        role.category(),
        role.tracks(),
        "Its model takes sound, and this version has no detector that listens.");
  }

  /** A detector whose model is there, but takes what nothing here can make. */
  static Detector withoutEncoder(String name, ModelRole.Detector role) {
    return new NotInstalledDetector(
        name,
        role.category(),
        role.tracks(),
        "Its model also takes the face's code in StyleGAN's latent space, frame by frame, and there"
            + " is no encoder that finds it.");
  }

  private static String howToInstall(EnsembleDetector detector) {
    return detector.category() == Category.SEMANTIC
        ? "It needs a speech-to-text model and a language model to be configured."
        : "Its weights come from its authors and are not part of Touchstone: they go into the model"
            + " store as "
            + detector.name()
            + "/{version}.";
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
