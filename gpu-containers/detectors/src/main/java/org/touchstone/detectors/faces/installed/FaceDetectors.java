package org.touchstone.detectors.faces.installed;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.retinaface.RetinaFaceDetector;
import org.touchstone.detectors.faces.yunet.YuNetDetector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.models.FaceNetwork;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelStore;

/**
 * The choice of the face detector. All detectors of an installation use the same one. Of several
 * that are installed it is the first by network, in the order of {@link FaceNetwork}, and then by
 * name: RetinaFace before YuNet, because FTCN and StyleFlow were published with it. Without any it
 * is the cascade, which needs no model and finds no landmarks.
 */
public final class FaceDetectors {
  private FaceDetectors() {}

  /** The face detector to use. */
  public static FaceDetector of(ModelStore store, OnnxModels models) {
    return installed(store)
        .map(found -> detector(found, models))
        .orElseGet(CascadeFaceDetector::new);
  }

  private static FaceDetector detector(Installed found, OnnxModels models) {
    ModelRole.FaceDetector role = found.role();
    return switch (role.network()) {
      case RETINAFACE ->
          new RetinaFaceDetector(found.model(), models, RetinaFaceDetector.Settings.of(role));
      case YUNET -> new YuNetDetector(found.model(), models, YuNetDetector.Settings.of(role));
    };
  }

  /**
   * A short tag of the installed face detector that is used, for the versions of detectors that
   * depend on it; empty when none is installed. It includes the search size, as another size finds
   * other faces.
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

  private record Installed(InstalledModel model, ModelRole.FaceDetector role) {
    FaceNetwork network() {
      return role.network();
    }

    String name() {
      return model.manifest().name();
    }
  }

  private static Optional<Installed> installed(ModelStore store) {
    return store.newest().stream()
        .filter(model -> model.manifest().role() instanceof ModelRole.FaceDetector)
        .map(model -> new Installed(model, (ModelRole.FaceDetector) model.manifest().role()))
        .min(Comparator.comparing(Installed::network).thenComparing(Installed::name));
  }
}
