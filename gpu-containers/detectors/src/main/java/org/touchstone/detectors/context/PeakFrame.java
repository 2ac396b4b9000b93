package org.touchstone.detectors.context;

import java.util.Objects;

/**
 * The frame of a video at which a detector's score is high.
 *
 * @param peak index among the peaks of the report's evidence
 * @param jpeg the frame, scaled down; not copied, so it must not be changed
 */
public record PeakFrame(String detector, int peak, byte[] jpeg) implements EvidencePicture {
  public PeakFrame {
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(jpeg, "jpeg");
  }
}
