package org.touchstone.detectors.faces.tracking;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;

/**
 * Looks for faces in consecutive frames. Frames are released as soon as they have been searched.
 * The crops around faces are kept if they fit into memory.
 */
final class FacePass {
  /** At most this many faces per frame, most confident first. */
  private static final int MAX_FACES = 10;

  private static final double MIN_CONFIDENCE = 0.75;

  /** Smallest area of a face that is followed, pixels. */
  private static final double MIN_AREA = 5000;

  private final FaceDetector detector;
  private final DecodeLimits limits;
  private final List<SeenFrame> frames = new ArrayList<>();
  private final List<Double> pendingTimes = new ArrayList<>();
  private final List<RgbImage> pending = new ArrayList<>();
  private NavigableMap<FaceInFrame, RgbImage> crops = new TreeMap<>();
  private long cropBytes;
  private boolean smallFaces;

  FacePass(FaceDetector detector, DecodeLimits limits) {
    this.detector = detector;
    this.limits = limits;
  }

  /**
   * @throws DetectionException as {@link ConsecutiveFrames#visit}, or when the face detector cannot
   *     be used
   */
  ConsecutiveFaces run(Path file) {
    ConsecutiveFrames source = new ConsecutiveFrames(file, limits);
    source.visit(
        limits.consecutive().maxTime(),
        (number, seconds, picture) -> {
          pendingTimes.add(seconds);
          pending.add(picture.make());
          if (pending.size() == detector.batchSize()) {
            look();
          }
          return true;
        });
    look();
    return new ConsecutiveFaces(frames, Optional.ofNullable(crops), source, smallFaces);
  }

  private void look() {
    List<List<Face>> found = detector.detectAll(pending);
    for (int i = 0; i < found.size(); i++) {
      RgbImage image = pending.get(i);
      List<Face> followed = followed(found.get(i), image);
      keep(frames.size(), followed, image);
      frames.add(new SeenFrame(pendingTimes.get(i), image.width(), image.height(), followed));
    }
    pending.clear();
    pendingTimes.clear();
  }

  private List<Face> followed(List<Face> faces, RgbImage image) {
    List<Face> followed = new ArrayList<>();
    for (Face face : faces.subList(0, Math.min(MAX_FACES, faces.size()))) {
      boolean sure = face.confidence() > MIN_CONFIDENCE && !face.landmarks().isEmpty();
      boolean large = face.exactBox().area() > MIN_AREA;
      if (sure
          && large
          && FaceCrop.box(face.exactBox(), image.width(), image.height()).isPresent()) {
        followed.add(face);
      }
      smallFaces |= sure && !large;
    }
    return followed;
  }

  private void keep(int frame, List<Face> faces, RgbImage image) {
    if (crops == null) {
      return;
    }
    Map<FaceInFrame, RgbImage> more = new TreeMap<>();
    for (int i = 0; i < faces.size(); i++) {
      Rectangle box =
          FaceCrop.box(faces.get(i).exactBox(), image.width(), image.height()).orElseThrow();
      cropBytes += (long) box.width() * box.height() * RgbImage.CHANNELS;
      if (cropBytes > limits.consecutive().maxCropBytes()) {
        // Some crops alone are not useful: the others need the frames decoded again.
        crops = null;
        return;
      }
      more.put(new FaceInFrame(frame, i), FaceCrop.cut(image, box));
    }
    crops.putAll(more);
  }
}
