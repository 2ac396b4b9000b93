package org.touchstone.detectors.faces;

import java.util.Objects;

/**
 * A face at a time of a video.
 *
 * @param seconds from the start of the video
 */
public record FaceAt(double seconds, Face face) {
  public FaceAt {
    Objects.requireNonNull(face, "face");
  }
}
