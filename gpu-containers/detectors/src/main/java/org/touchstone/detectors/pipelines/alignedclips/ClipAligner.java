package org.touchstone.detectors.pipelines.alignedclips;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.faces.alignment.Similarity;
import org.touchstone.detectors.faces.alignment.Warp;
import org.touchstone.detectors.faces.tracking.FaceCrop;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;

/**
 * Aligns the face of a clip as FTCN does: by one similarity for all its frames. It maps a
 * template's landmarks to the clip's mean landmarks, so trembling between frames is preserved.
 */
final class ClipAligner {
  /** Target places of the landmarks in a square of {@link #TEMPLATE_SIDE} pixels. */
  private static final List<Point> TEMPLATE =
      List.of(
          new Point(85.82991, 85.7792),
          new Point(169.0532, 84.3381),
          new Point(127.574, 137.0006),
          new Point(90.6964, 174.7014),
          new Point(167.3069, 173.3733));

  private static final double TEMPLATE_SIDE = 256;

  private final int side;
  private final List<Point> template;

  /**
   * @param side pixels of the square that each frame becomes
   */
  ClipAligner(int side) {
    this.side = side;
    double scale = side / TEMPLATE_SIDE;
    this.template = TEMPLATE.stream().map(p -> new Point(p.x() * scale, p.y() * scale)).toList();
  }

  /** One square after another, RGB. */
  byte[] align(List<FaceCrop> crops) {
    Rectangle canvas = canvas(crops);
    Similarity toCanvas = toCanvas(crops, canvas);
    int each = side * side * RgbImage.CHANNELS;
    byte[] clip = new byte[Math.multiplyExact(crops.size(), each)];
    for (int i = 0; i < crops.size(); i++) {
      FaceCrop crop = crops.get(i);
      int left = crop.box().x() - canvas.x();
      int top = crop.box().y() - canvas.y();
      Warp.fill(toCanvas, crop.image(), left, top, side, clip, i * each);
    }
    return clip;
  }

  /** From the pixels of a square to those of the canvas. */
  Similarity toCanvas(List<FaceCrop> crops, Rectangle canvas) {
    List<Point> mean = new ArrayList<>(Face.LANDMARKS);
    for (int i = 0; i < Face.LANDMARKS; i++) {
      int landmark = i;
      mean.add(
          Similarity.mean(
              crops.stream()
                  .map(crop -> crop.landmarks().get(landmark))
                  .map(p -> new Point(p.x() - canvas.x(), p.y() - canvas.y()))
                  .toList()));
    }
    return Similarity.fit(template, mean);
  }

  /** The smallest part of the frames that contains all crops. */
  static Rectangle canvas(List<FaceCrop> crops) {
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right = 0;
    int bottom = 0;
    for (FaceCrop crop : crops) {
      Rectangle box = crop.box();
      left = Math.min(left, box.x());
      top = Math.min(top, box.y());
      right = Math.max(right, box.x() + box.width());
      bottom = Math.max(bottom, box.y() + box.height());
    }
    return new Rectangle(left, top, right - left, bottom - top);
  }
}
