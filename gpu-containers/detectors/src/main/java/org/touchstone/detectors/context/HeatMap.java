package org.touchstone.detectors.context;

import java.util.Objects;

/**
 * Where in a picture a detector's score leans to.
 *
 * @param png the picture, a grey pixel per part; not copied, so never to be changed
 */
public record HeatMap(String detector, byte[] png) implements EvidencePicture {
  public HeatMap {
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(png, "png");
  }
}
