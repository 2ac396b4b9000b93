package org.touchstone.detectors.faces;

import java.util.List;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;

/** Finds faces. Safe for use by several threads at once. */
public interface FaceDetector extends AutoCloseable {

  /** Its name and version, as reports give it. */
  String name();

  /** Whether the faces have landmarks, by which they can be aligned. */
  default boolean findsLandmarks() {
    return false;
  }

  /** How many pictures at a time are found fastest. */
  default int batchSize() {
    return 1;
  }

  /**
   * The faces of a picture with boxes clipped to it, the surest first; empty when there is none.
   *
   * @throws DetectionException when it cannot look
   */
  List<Face> detect(RgbImage image);

  /** The faces of each of several pictures. */
  default List<List<Face>> detectAll(List<RgbImage> images) {
    return images.stream().map(this::detect).toList();
  }

  /** Lets go of what it holds. */
  @Override
  default void close() {}
}
