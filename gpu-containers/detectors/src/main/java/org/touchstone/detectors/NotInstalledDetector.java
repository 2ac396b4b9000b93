package org.touchstone.detectors;

import static org.touchstone.domain.Category.FACES;
import static org.touchstone.domain.Category.GENERATIVE;
import static org.touchstone.domain.Category.NOISE;
import static org.touchstone.domain.Category.SEMANTIC;
import static org.touchstone.domain.Modality.AUDIO;
import static org.touchstone.domain.Modality.IMAGE;
import static org.touchstone.domain.Modality.VIDEO;

import java.util.List;
import java.util.Set;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;

/**
 * Stands for a detector of the ensemble whose model is not there.
 *
 * @param howToInstall a sentence for whoever runs the system
 */
record NotInstalledDetector(
    String name, Category category, Set<Modality> tracks, String howToInstall) implements Detector {

  /** The ensemble's detectors that need something an organisation has to bring. */
  static List<Detector> ensemble() {
    return List.of(
        model("genconvit", FACES, VIDEO),
        model("ftcn", FACES, VIDEO),
        model("styleflow", FACES, VIDEO),
        model("distil-dire", NOISE, IMAGE),
        model("ufd", GENERATIVE, IMAGE),
        new NotInstalledDetector(
            "transcript",
            SEMANTIC,
            Set.of(AUDIO),
            "It needs a speech-to-text model and a language model to be configured."));
  }

  private static Detector model(String name, Category category, Modality track) {
    return new NotInstalledDetector(
        name,
        category,
        Set.of(track),
        "Its weights come from its authors and are not part of Touchstone: they go into the model"
            + " store as "
            + name
            + "/{version}.");
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
