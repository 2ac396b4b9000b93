package org.touchstone.detectors.faces.tracking;

import java.util.List;

/**
 * One face over consecutive frames.
 *
 * @param start number of its first frame
 * @param faces for each frame the number of the face in it
 */
public record FaceTrack(int start, List<Integer> faces) {
  public FaceTrack {
    faces = List.copyOf(faces);
  }

  /** How many frames it lasts. */
  public int length() {
    return faces.size();
  }

  /** Number of the frame after its last. */
  public int end() {
    return start + faces.size();
  }
}
