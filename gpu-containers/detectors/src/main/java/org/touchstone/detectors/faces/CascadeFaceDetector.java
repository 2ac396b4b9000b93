package org.touchstone.detectors.faces;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.equalizeHist;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.base.Natives;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;

/**
 * OpenCV's cascade of boosted Haar features for frontal faces. It comes with OpenCV, so no model
 * needs to be installed. It finds hardly any faces except upright ones that look at the camera. Of
 * OpenCV's cascades this one had the fewest false finds.
 */
public final class CascadeFaceDetector implements FaceDetector {
  private static final String CASCADE = "haarcascade_frontalface_alt2";

  /**
   * Bounds of the longer side of a searched picture, pixels. Larger pictures are searched at half
   * their size within these bounds, as the cost grows with the pixels searched.
   */
  private static final int MIN_SEARCH_SIDE = 800;

  private static final int MAX_SEARCH_SIDE = 1600;

  /** Smallest face searched for in the scaled picture, pixels. */
  private static final int MIN_FACE = 32;

  private static final double SCALE_STEP = 1.1;

  /**
   * Overlapping finds that make a face; each is a window of another place or size. Frontal faces
   * have a dozen or more; patterns that look like a face rarely have this many.
   */
  private static final int MIN_FINDS = 8;

  /** Number of finds that gives a confidence of 0.5. */
  private static final double HALF_SURE_FINDS = 5;

  /** Classifiers are not safe for use by several threads, so each caller borrows one. */
  private final ConcurrentLinkedDeque<CascadeClassifier> idle = new ConcurrentLinkedDeque<>();

  @Override
  public String name() {
    return "opencv-" + CASCADE;
  }

  @Override
  public List<Face> detect(RgbImage image) {
    int side = Math.max(image.width(), image.height());
    int searchSide = Math.clamp(side / 2, MIN_SEARCH_SIDE, MAX_SEARCH_SIDE);
    double scale = Math.min(1, (double) searchSide / side);
    CascadeClassifier classifier = borrow();
    try (Mat grey = grey(image, scale);
        RectVector boxes = new RectVector();
        IntPointer finds = new IntPointer();
        Size smallest = new Size(MIN_FACE, MIN_FACE);
        Size largest = new Size()) {
      classifier.detectMultiScale2(grey, boxes, finds, SCALE_STEP, MIN_FINDS, 0, smallest, largest);
      List<Face> faces = new ArrayList<>();
      for (int i = 0; i < boxes.size(); i++) {
        faces.add(face(boxes.get(i), finds.get(i), scale, image));
      }
      faces.sort(Comparator.comparingDouble(Face::confidence).reversed());
      return List.copyOf(faces);
    } finally {
      idle.push(classifier);
    }
  }

  private static Face face(Rect box, int finds, double scale, RgbImage image) {
    Rectangle found =
        new Rectangle(
            (int) (box.x() / scale),
            (int) (box.y() / scale),
            (int) (box.width() / scale),
            (int) (box.height() / scale));
    return new Face(found.grown(0, image), finds / (finds + HALF_SURE_FINDS));
  }

  private static Mat grey(RgbImage image, double scale) {
    Mat grey = new Mat();
    try (Mat rgb = new Mat(image.height(), image.width(), CV_8UC3);
        Mat full = new Mat();
        Size size =
            new Size(
                Math.max(1, (int) (image.width() * scale)),
                Math.max(1, (int) (image.height() * scale)))) {
      rgb.data().put(image.data());
      cvtColor(rgb, full, COLOR_RGB2GRAY);
      resize(full, grey, size, 0, 0, INTER_AREA);
      equalizeHist(grey, grey);
      return grey;
    }
  }

  private CascadeClassifier borrow() {
    CascadeClassifier free = idle.poll();
    return free != null ? free : load();
  }

  private static CascadeClassifier load() {
    Natives.configure();
    String resource =
        "/org/bytedeco/opencv/%s/share/opencv4/haarcascades/%s.xml"
            .formatted(Loader.getPlatform(), CASCADE);
    try {
      // OpenCV reads cascades from files only.
      File file = Loader.cacheResource(resource);
      CascadeClassifier classifier = new CascadeClassifier();
      if (file == null || !classifier.load(file.getPath())) {
        throw new DetectionException(Reason.ERROR, "The face detector cannot be loaded.");
      }
      return classifier;
    } catch (IOException e) {
      throw new DetectionException(Reason.ERROR, "The face detector cannot be loaded.", e);
    }
  }

  /** Releases the classifiers that are not in use. */
  @Override
  public void close() {
    for (CascadeClassifier c = idle.poll(); c != null; c = idle.poll()) {
      c.close();
    }
  }
}
