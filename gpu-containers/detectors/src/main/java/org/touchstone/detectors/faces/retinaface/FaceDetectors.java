package org.touchstone.detectors.faces.retinaface;

import java.util.HexFormat;
import java.util.Optional;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelStore;

/** Which face detector there is. */
public final class FaceDetectors {
  private FaceDetectors() {}

  /** RetinaFace when its model is installed, else the one that needs none. */
  public static FaceDetector of(ModelStore store, OnnxModels models) {
    return installed(store)
        .<FaceDetector>map(
            model ->
                new RetinaFaceDetector(
                    model, models, RetinaFaceDetector.Settings.of(model.manifest().options())))
        .orElseGet(CascadeFaceDetector::new);
  }

  /**
   * Tells installed face detectors apart in a few letters and digits, for the versions of what
   * depends on them; empty when none is installed. At another size other faces are found.
   */
  public static Optional<String> version(ModelStore store) {
    return installed(store)
        .map(InstalledModel::manifest)
        .map(m -> m.name() + " " + m.version() + " " + m.options().searchSize())
        .map(name -> HexFormat.of().toHexDigits(name.hashCode()));
  }

  private static Optional<InstalledModel> installed(ModelStore store) {
    return store.newest().stream().filter(model -> !model.manifest().isDetector()).findFirst();
  }
}
