package org.touchstone.detectors.faces.tracking;

import java.util.Comparator;

/**
 * A face of a frame, by their numbers.
 *
 * @param frame number of the frame
 * @param face number of the face in it
 */
public record FaceInFrame(int frame, int face) implements Comparable<FaceInFrame> {
  private static final Comparator<FaceInFrame> ORDER =
      Comparator.comparingInt(FaceInFrame::frame).thenComparingInt(FaceInFrame::face);

  @Override
  public int compareTo(FaceInFrame other) {
    return ORDER.compare(this, other);
  }
}
