package org.touchstone.detectors.faces.installed;

import java.util.HexFormat;
import java.util.Optional;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.retinaface.RetinaFaceDetector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelStore;

/** The choice of the face detector. */
public final class FaceDetectors {
  private FaceDetectors() {}

  /** RetinaFace when its model is installed, otherwise the cascade, which needs no model. */
  public static FaceDetector of(ModelStore store, OnnxModels models) {
    return installed(store)
        .<FaceDetector>map(
            model ->
                new RetinaFaceDetector(
                    model.model(), models, RetinaFaceDetector.Settings.of(model.role())))
        .orElseGet(CascadeFaceDetector::new);
  }

  /**
   * A short tag of the installed face detector, for the versions of detectors that depend on it;
   * empty when none is installed. It includes the search size, as another size finds other faces.
   */
  public static Optional<String> version(ModelStore store) {
    return installed(store)
        .map(
            found -> {
              ModelManifest manifest = found.model().manifest();
              int size = found.role().searchSize();
              return manifest.name() + " " + manifest.version() + " " + size;
            })
        .map(name -> HexFormat.of().toHexDigits(name.hashCode()));
  }

  private record Installed(InstalledModel model, ModelRole.FaceDetector role) {}

  private static Optional<Installed> installed(ModelStore store) {
    for (InstalledModel model : store.newest()) {
      if (model.manifest().role() instanceof ModelRole.FaceDetector role) {
        return Optional.of(new Installed(model, role));
      }
    }
    return Optional.empty();
  }
}
