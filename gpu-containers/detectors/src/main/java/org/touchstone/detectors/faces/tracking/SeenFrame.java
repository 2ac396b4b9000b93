package org.touchstone.detectors.faces.tracking;

import java.util.List;
import org.touchstone.detectors.faces.Face;

/**
 * A record of one of the consecutive frames, without its picture.
 *
 * @param seconds time from the start of the video
 * @param width pixels
 * @param height pixels
 * @param faces those that can be followed, most confident first
 */
public record SeenFrame(double seconds, int width, int height, List<Face> faces) {
  public SeenFrame {
    faces = List.copyOf(faces);
  }
}
