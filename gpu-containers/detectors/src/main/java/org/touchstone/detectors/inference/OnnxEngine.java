package org.touchstone.detectors.inference;

import ai.djl.engine.Engine;
import org.touchstone.models.ModelManifest;

/** DJL's engine for ONNX Runtime, set up without downloads, reports of use or a second engine. */
final class OnnxEngine {
  private OnnxEngine() {}

  /**
   * The engine; loads the native libraries on first use. Settings given on the command line are
   * kept.
   */
  static Engine get() {
    // No download of native libraries or version lists, and no reports of use.
    System.getProperties().putIfAbsent("ai.djl.offline", "true");
    // No second engine that would take over array arithmetic from this one.
    System.getProperties().putIfAbsent("ai.djl.onnx.disable_alternative", "true");
    return Engine.getEngine(ModelManifest.ONNX_RUNTIME);
  }
}
