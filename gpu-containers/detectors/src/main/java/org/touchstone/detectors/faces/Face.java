package org.touchstone.detectors.faces;

import java.util.List;
import java.util.Objects;
import org.touchstone.detectors.pixels.Rectangle;

/**
 * A face in a picture.
 *
 * @param box box around the face from brows to chin, within the picture
 * @param confidence the face detector's confidence, 0..1
 * @param exactBox the box as the face detector gave it
 * @param landmarks centres of the left and right eye as seen by the viewer, tip of the nose, left
 *     and right corner of the mouth; empty when the face detector finds none
 */
public record Face(Rectangle box, double confidence, FaceBox exactBox, List<Point> landmarks) {
  /** Number of landmarks of a face that has them. */
  public static final int LANDMARKS = 5;

  public Face {
    Objects.requireNonNull(box, "box");
    Objects.requireNonNull(exactBox, "exactBox");
    landmarks = List.copyOf(landmarks);
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence outside 0..1: " + confidence);
    }
    if (!landmarks.isEmpty() && landmarks.size() != LANDMARKS) {
      throw new IllegalArgumentException(landmarks.size() + " landmarks");
    }
  }

  /** A face whose landmarks are not known. */
  public Face(Rectangle box, double confidence) {
    this(box, confidence, FaceBox.of(box), List.of());
  }
}
