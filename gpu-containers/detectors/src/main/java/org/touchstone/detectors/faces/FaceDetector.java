package org.touchstone.detectors.faces;

import java.util.List;
import org.touchstone.detectors.image.RgbImage;

/** Finds faces. Safe for use by several threads at once. */
public interface FaceDetector {

  /** Its name and version, as reports give it. */
  String name();

  /**
   * The faces of a picture with boxes clipped to it, the surest first; empty when there is none.
   */
  List<Face> detect(RgbImage image);
}
