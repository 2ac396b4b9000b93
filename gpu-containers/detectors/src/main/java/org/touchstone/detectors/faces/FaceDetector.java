package org.touchstone.detectors.faces;

import java.util.List;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;

/** Finds faces. Safe for use by several threads at once. */
public interface FaceDetector extends AutoCloseable {

  /** Its name and version, as shown in reports. */
  String name();

  /** Whether the faces have landmarks, by which they can be aligned. */
  default boolean findsLandmarks() {
    return false;
  }

  /** The number of pictures per call that is fastest. */
  default int batchSize() {
    return 1;
  }

  /**
   * The faces of a picture with boxes clipped to it, most confident first; empty when there are
   * none.
   *
   * @throws DetectionException when the face detector cannot be used
   */
  List<Face> detect(RgbImage image);

  /** The faces of each of several pictures. */
  default List<List<Face>> detectAll(List<RgbImage> images) {
    return images.stream().map(this::detect).toList();
  }

  /** Releases its resources. */
  @Override
  default void close() {}
}
