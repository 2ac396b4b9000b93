package org.touchstone.detectors.inference;

import ai.djl.engine.Engine;
import org.touchstone.models.ModelManifest;

/** DJL's engine for ONNX Runtime, set up to stay on this machine and to stay what it is. */
final class OnnxEngine {
  private OnnxEngine() {}

  /** The engine; loads the natives on first use. Settings given on the command line are kept. */
  static Engine get() {
    // No download of natives or of version lists, and no reports of use.
    System.getProperties().putIfAbsent("ai.djl.offline", "true");
    // No second engine that takes over array arithmetic behind the back of this one.
    System.getProperties().putIfAbsent("ai.djl.onnx.disable_alternative", "true");
    return Engine.getEngine(ModelManifest.ONNX_RUNTIME);
  }
}
