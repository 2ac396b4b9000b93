package org.touchstone.detectors.faces.tracking;

import org.touchstone.detectors.pixels.RgbImage;

/** Receives faces cut out of frames. */
@FunctionalInterface
public interface CropVisitor {
  /**
   * @param frame number of the frame
   * @param face number of the face in it
   */
  void crop(int frame, int face, RgbImage image);
}
