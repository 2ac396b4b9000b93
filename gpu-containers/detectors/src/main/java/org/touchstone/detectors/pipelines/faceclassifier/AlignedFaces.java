package org.touchstone.detectors.pipelines.faceclassifier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FrameFaces;
import org.touchstone.detectors.faces.alignment.FivePointCrop;
import org.touchstone.detectors.pipelines.NoFaces;
import org.touchstone.detectors.pipelines.SampledFaces;
import org.touchstone.detectors.pipelines.SampledFaces.Sampled;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.models.PipelineOptions;
import org.touchstone.models.Region;

/**
 * The faces of a medium that a classifier looks at: of each frame the largest ones, if they are
 * large enough, turned and scaled by their landmarks.
 *
 * @param region which faces, and how they are aligned
 * @param maxFrames most frames; {@link PipelineOptions#SAMPLED} for all that were sampled
 */
record AlignedFaces(Region region, int maxFrames) {
  /**
   * A face ready for the classifier.
   *
   * @param sampled where it was found
   * @param square the aligned face
   */
  record Aligned(Sampled sampled, RgbImage square) {}

  /**
   * The faces in order of time, within a frame the largest first. Never empty.
   *
   * @throws DetectionException with {@link Reason#NO_FACE} or {@link Reason#FACE_TOO_SMALL}, or as
   *     {@link MediaContext#faces(int)}
   */
  List<Aligned> of(MediaContext media) {
    List<FrameFaces> found = media.faces(maxFrames);
    List<FrameFaces> usable =
        found.stream()
            .map(frame -> new FrameFaces(frame.frame(), largest(frame.faces())))
            .filter(frame -> !frame.faces().isEmpty())
            .toList();
    if (usable.isEmpty()) {
      boolean any = found.stream().anyMatch(frame -> !frame.faces().isEmpty());
      throw NoFaces.in(media, any, region.minSize());
    }
    Region.Alignment alignment = region.align().orElseThrow();
    FivePointCrop crop = new FivePointCrop(alignment.size(), alignment.scale());
    List<Aligned> aligned = new ArrayList<>();
    for (Sampled face : SampledFaces.of(spread(usable))) {
      Optional<RgbImage> square = crop.cut(face.frame().frame().image(), face.face().landmarks());
      square.ifPresent(image -> aligned.add(new Aligned(face, image)));
    }
    if (aligned.isEmpty()) {
      throw new DetectionException(
          Reason.NO_FACE, "The faces cannot be aligned by their eyes, nose and mouth.");
    }
    return aligned;
  }

  private List<Face> largest(List<Face> faces) {
    return faces.stream()
        .filter(face -> side(face) >= region.minSize())
        .sorted(Comparator.comparingDouble((Face face) -> face.exactBox().area()).reversed())
        .limit(region.maxFaces() == 0 ? faces.size() : region.maxFaces())
        .toList();
  }

  private static int side(Face face) {
    return Math.min(face.box().width(), face.box().height());
  }

  /** At most so many frames, spread evenly over those with faces. */
  private List<FrameFaces> spread(List<FrameFaces> frames) {
    if (maxFrames == PipelineOptions.SAMPLED || frames.size() <= maxFrames) {
      return frames;
    }
    List<FrameFaces> some = new ArrayList<>(maxFrames);
    for (int i = 0; i < maxFrames; i++) {
      some.add(frames.get((int) ((long) i * frames.size() / maxFrames)));
    }
    return some;
  }
}
