package org.touchstone.detectors.faces.tracking;

import java.util.Comparator;

/**
 * Which face of which frame.
 *
 * @param frame number of the frame
 * @param face number of the face in it
 */
public record FaceKey(int frame, int face) implements Comparable<FaceKey> {
  private static final Comparator<FaceKey> ORDER =
      Comparator.comparingInt(FaceKey::frame).thenComparingInt(FaceKey::face);

  @Override
  public int compareTo(FaceKey other) {
    return ORDER.compare(this, other);
  }
}
