package org.touchstone.detectors.retinaface;

import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.model.ModelStore;
import org.touchstone.detectors.onnx.OnnxModels;

/** Which face detector there is. */
public final class FaceDetectors {
  private FaceDetectors() {}

  /** RetinaFace when its model is installed, else the one that needs none. */
  public static FaceDetector of(ModelStore store, OnnxModels models) {
    return store.newest().stream()
        .filter(model -> !model.manifest().isDetector())
        .findFirst()
        .<FaceDetector>map(
            model -> new RetinaFaceDetector(model, models, RetinaFaceDetector.Settings.DEFAULT))
        .orElseGet(CascadeFaceDetector::new);
  }
}
