package org.touchstone.detectors.decode;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.base.DecodeLimits;

/** One pass over a video of presumably known length. */
final class SamplingPass {
  /** Frames per segment from which it is worth skipping frames that no other frame depends on. */
  private static final int FRAMES_WORTH_SKIPPING = 8;

  private final VideoReader video;
  private final DecodeLimits limits;
  private final double segment;
  private final List<VideoFrame> frames;

  /** Time of the last decoded frame if decoding can go on after it; otherwise NaN. */
  private double position = Double.NaN;

  /** Whether the frame at {@link #position} lies beyond the segments looked at so far. */
  private boolean ahead;

  /** Keyframe from which decoding ran into the end; NaN when it never did. */
  private double ranOutFrom = Double.NaN;

  private boolean keyframesHelp = true;

  SamplingPass(VideoReader video, DecodeLimits limits, double duration) {
    this.video = video;
    this.limits = limits;
    this.segment = duration / limits.frames();
    this.frames = new ArrayList<>(limits.frames());
    video.skipNonReference(segment * video.frameRate() >= FRAMES_WORTH_SKIPPING);
  }

  List<VideoFrame> run() {
    for (int i = 0; i < limits.frames(); i++) {
      double from = i * segment;
      // The last frame may begin where the header says the video ends.
      double to = i + 1 < limits.frames() ? from + segment : Double.POSITIVE_INFINITY;
      double keyframe = video.keyframeBefore(from + segment / 2);
      boolean found =
          ahead
              ? position < to
              : takesKeyframe(keyframe, from, to) || decodesTo(keyframe, from, to);
      if (found) {
        keep(from);
      }
    }
    return List.copyOf(frames);
  }

  private boolean takesKeyframe(double keyframe, double from, double to) {
    if (!keyframesHelp || keyframe < from) {
      return false;
    }
    position = Double.NaN;
    boolean decoded = video.seek(from + segment / 2) && video.decodeKeyframe();
    boolean hit = decoded && !(video.time() < from) && !(video.time() >= to);
    // Without an index, a keyframe before the segment says that keyframes are further apart.
    keyframesHelp = hit || !Double.isNaN(keyframe);
    return hit;
  }

  private boolean decodesTo(double keyframe, double from, double to) {
    if (keyframe == ranOutFrom) {
      return false;
    }
    if (Double.isNaN(position) || keyframe > position) {
      video.seek(from);
    }
    while (video.decodeNext()) {
      position = video.time();
      if (!(position < from)) {
        ahead = position >= to;
        return !ahead;
      }
    }
    ranOutFrom = keyframe;
    position = Double.NaN;
    return false;
  }

  private void keep(double from) {
    ahead = false;
    double time = Double.isNaN(video.time()) ? from : Math.max(0, video.time());
    if (frames.isEmpty() || time > frames.getLast().seconds()) {
      frames.add(new VideoFrame(time, video.image(limits.maxFramePixels())));
    }
  }
}
