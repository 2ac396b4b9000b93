package org.touchstone.detectors.faces;

import java.util.List;
import java.util.Objects;
import org.touchstone.detectors.decode.VideoFrame;

/**
 * A frame and the faces in it.
 *
 * @param faces most confident first; empty when there are none
 */
public record FrameFaces(VideoFrame frame, List<Face> faces) {
  public FrameFaces {
    Objects.requireNonNull(frame, "frame");
    faces = List.copyOf(faces);
  }
}
