package org.touchstone.detectors.faces.retinaface;

import java.util.List;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.Point;

/**
 * One answer of the network.
 *
 * @param anchor number of the anchor that it is relative to
 * @param score 0..1
 * @param box in the picture that the network saw
 * @param landmarks five, in the same picture
 */
record Detection(int anchor, float score, FaceBox box, List<Point> landmarks) {}
