package org.touchstone.detectors.faces.tracking;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;

/** The faces in the first frames of a video, whose pictures need not be in memory. Immutable. */
public final class ConsecutiveFaces {
  /** Decoding again runs during a network's work; the caller's own time limit bounds both. */
  private static final Duration AGAIN = Duration.ofHours(1);

  private final List<SeenFrame> frames;
  private final Optional<NavigableMap<FaceInFrame, RgbImage>> crops;
  private final ConsecutiveFrames source;
  private final boolean smallFaces;

  /**
   * @param crops the crop around each face; empty when they needed too much memory
   * @param source decodes the frames again
   * @param smallFaces whether there were faces too small to be followed
   */
  ConsecutiveFaces(
      List<SeenFrame> frames,
      Optional<NavigableMap<FaceInFrame, RgbImage>> crops,
      ConsecutiveFrames source,
      boolean smallFaces) {
    this.frames = List.copyOf(frames);
    this.crops = crops;
    this.source = source;
    this.smallFaces = smallFaces;
  }

  /**
   * Finds the faces of the first frames.
   *
   * @throws DetectionException with {@link Reason#NOT_APPLICABLE} when there is no video stream,
   *     {@link Reason#UNSUPPORTED} or {@link Reason#CORRUPT} when it cannot be decoded, {@link
   *     Reason#TIMEOUT} when that took too long, {@link Reason#ERROR} when the face detector cannot
   *     be used
   */
  public static ConsecutiveFaces find(Path file, FaceDetector detector, DecodeLimits limits) {
    return new FacePass(detector, limits).run(file);
  }

  /** In order of time; at least one. */
  public List<SeenFrame> frames() {
    return frames;
  }

  /** Whether there were faces too small to be followed. */
  public boolean smallFaces() {
    return smallFaces;
  }

  /** Whether the crops around the faces are in memory. */
  boolean hasCrops() {
    return crops.isPresent();
  }

  public Face face(FaceInFrame key) {
    return frames.get(key.frame()).faces().get(key.face());
  }

  /** The part of its frame that is cut out for a face. */
  public Rectangle cropBox(FaceInFrame key) {
    SeenFrame frame = frames.get(key.frame());
    return FaceCrop.box(face(key).exactBox(), frame.width(), frame.height()).orElseThrow();
  }

  /**
   * Cuts faces out, frame by frame. The frames are decoded again if the crops needed too much
   * memory.
   *
   * @throws DetectionException with {@link Reason#TIMEOUT} when decoding again took too long
   */
  public void visit(NavigableSet<FaceInFrame> wanted, CropVisitor visitor) {
    if (crops.isPresent()) {
      wanted.forEach(key -> visitor.crop(key.frame(), key.face(), crops.get().get(key)));
    } else if (!wanted.isEmpty()) {
      decode(wanted, visitor);
    }
  }

  private void decode(NavigableSet<FaceInFrame> wanted, CropVisitor visitor) {
    int last = wanted.last().frame();
    int decoded =
        source.visit(
            AGAIN,
            (number, seconds, picture) -> {
              NavigableSet<FaceInFrame> here =
                  wanted.subSet(
                      new FaceInFrame(number, 0), true, new FaceInFrame(number + 1, 0), false);
              if (!here.isEmpty()) {
                RgbImage image = picture.make();
                here.forEach(
                    key -> visitor.crop(number, key.face(), FaceCrop.cut(image, cropBox(key))));
              }
              return number < last;
            });
    if (decoded <= last) {
      throw new DetectionException(Reason.TIMEOUT, "Decoding it again took too long.");
    }
  }
}
