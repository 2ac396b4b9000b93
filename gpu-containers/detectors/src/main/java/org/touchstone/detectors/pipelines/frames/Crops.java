package org.touchstone.detectors.pipelines.frames;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.decode.VideoFrame;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FrameFaces;
import org.touchstone.detectors.inference.ModelInput;
import org.touchstone.detectors.pipelines.NoFaces;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelRole;
import org.touchstone.models.Region;

/** Cuts the pictures for a model out of a medium's frames, at the size of the model's input. */
final class Crops {
  private final Region region;
  private final int most;
  private final ModelInput input;

  /**
   * @param role says what part of a picture to cut out, and of how many frames of a video
   */
  Crops(ModelRole.Detector role, ModelInput input) {
    this.region = role.region();
    this.most = role.options().frames();
    this.input = input;
  }

  /**
   * A picture for the model.
   *
   * @param seconds time of the frame it comes from
   * @param face the face it shows, or null for a whole frame
   * @param image the picture, of the size of the model's input
   */
  record Crop(double seconds, Face face, RgbImage image) {}

  /**
   * All pictures, in order of time; within a frame the most confident face first. Never empty.
   *
   * @throws DetectionException with {@link Reason#NO_FACE} or {@link Reason#FACE_TOO_SMALL}, or as
   *     {@link MediaContext#frames()}
   */
  List<Crop> of(MediaContext media) {
    return region.kind() == Region.Kind.FACE ? faces(media) : frames(media);
  }

  private List<Crop> frames(MediaContext media) {
    List<Crop> crops = new ArrayList<>();
    for (VideoFrame frame : media.frames(most)) {
      crops.add(new Crop(frame.seconds(), null, input.fit(frame.image())));
    }
    return crops;
  }

  private List<Crop> faces(MediaContext media) {
    List<Crop> crops = new ArrayList<>();
    boolean any = false;
    Set<VideoFrame> looked = new HashSet<>(media.frames(most));
    for (FrameFaces found : media.faces()) {
      if (!looked.contains(found.frame())) {
        continue;
      }
      RgbImage image = found.frame().image();
      for (Face face : found.faces()) {
        any = true;
        if (Math.min(face.box().width(), face.box().height()) >= region.minSize()) {
          Rectangle part = face.box().grown(region.margin(), image);
          crops.add(new Crop(found.frame().seconds(), face, input.part(image, part)));
        }
      }
    }
    if (crops.isEmpty()) {
      throw NoFaces.in(media, any, region.minSize());
    }
    return crops;
  }
}
