package org.touchstone.detectors.video;

import org.touchstone.detectors.image.RgbImage;

/** Takes faces that are cut out of frames. */
@FunctionalInterface
interface CropVisitor {
  /**
   * @param frame number of the frame
   * @param face number of the face in it
   */
  void crop(int frame, int face, RgbImage image);
}
