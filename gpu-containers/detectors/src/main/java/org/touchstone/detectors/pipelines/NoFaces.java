package org.touchstone.detectors.pipelines;

import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.domain.Reason;

/** Why sampled frames have no face that a detector looks at. */
public final class NoFaces {
  private NoFaces() {}

  /**
   * The reason to abstain.
   *
   * @param any whether there are faces, which are then too small
   * @param minSize shorter side of the smallest face that is looked at, pixels
   * @return with {@link Reason#NO_FACE} or {@link Reason#FACE_TOO_SMALL}
   */
  public static DetectionException in(MediaContext media, boolean any, int minSize) {
    return any
        ? new DetectionException(
            Reason.FACE_TOO_SMALL, "Its faces are smaller than %d pixels.".formatted(minSize))
        : new DetectionException(
            Reason.NO_FACE, "No face was found by " + media.faceDetectorName() + ".");
  }
}
