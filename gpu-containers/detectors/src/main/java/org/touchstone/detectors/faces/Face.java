package org.touchstone.detectors.faces;

import java.util.Objects;
import org.touchstone.detectors.image.Rectangle;

/**
 * A face in a picture.
 *
 * @param box around the face from brows to chin, within the picture
 * @param confidence 0..1, how sure the face detector is
 */
public record Face(Rectangle box, double confidence) {
  public Face {
    Objects.requireNonNull(box, "box");
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence outside 0..1: " + confidence);
    }
  }
}
