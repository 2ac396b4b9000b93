package org.touchstone.detectors.faces;

/** A place in a picture, in pixels from its upper left corner. */
public record Point(double x, double y) {

  /** Whether both coordinates are numbers. */
  public boolean isFinite() {
    return Double.isFinite(x) && Double.isFinite(y);
  }
}
