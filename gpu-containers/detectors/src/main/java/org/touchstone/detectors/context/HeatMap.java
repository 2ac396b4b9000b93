package org.touchstone.detectors.context;

import java.util.Objects;

/**
 * The parts of a picture that raise a detector's score.
 *
 * @param png the picture, a grey pixel per part; not copied, so it must not be changed
 */
public record HeatMap(String detector, byte[] png) implements EvidencePicture {
  public HeatMap {
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(png, "png");
  }
}
