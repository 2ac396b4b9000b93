package org.touchstone.bench;

import java.util.List;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;

/**
 * Spends a face detector's time, but always reports one face in the middle. A network with weights
 * made by a formula does not find real faces.
 */
record PosedFaces(FaceDetector detector) implements FaceDetector {
  @Override
  public String name() {
    return detector.name();
  }

  @Override
  public boolean findsLandmarks() {
    return true;
  }

  @Override
  public int batchSize() {
    return detector.batchSize();
  }

  @Override
  public List<Face> detect(RgbImage image) {
    detector.detect(image);
    return List.of(face(image));
  }

  @Override
  public List<List<Face>> detectAll(List<RgbImage> images) {
    detector.detectAll(images);
    return images.stream().map(image -> List.of(face(image))).toList();
  }

  private static Face face(RgbImage image) {
    int side = image.height() / 3;
    int x = (image.width() - side) / 2;
    int y = (image.height() - side) / 2;
    Rectangle box = new Rectangle(x, y, side, side);
    List<Point> landmarks =
        List.of(
            new Point(x + 0.3 * side, y + 0.35 * side),
            new Point(x + 0.7 * side, y + 0.35 * side),
            new Point(x + 0.5 * side, y + 0.6 * side),
            new Point(x + 0.35 * side, y + 0.8 * side),
            new Point(x + 0.65 * side, y + 0.8 * side));
    return new Face(box, 0.99, FaceBox.of(box), landmarks);
  }

  @Override
  public void close() {
    detector.close();
  }
}
