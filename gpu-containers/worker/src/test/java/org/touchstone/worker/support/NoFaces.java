package org.touchstone.worker.support;

import java.util.List;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.pixels.RgbImage;

/** A face detector for tests that do not look for faces. */
public final class NoFaces implements FaceDetector {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public List<Face> detect(RgbImage image) {
    return List.of();
  }
}
