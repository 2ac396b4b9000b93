package org.touchstone.detectors.decode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;

/**
 * Samples frames evenly over a video: its time is cut into as many equal segments as frames are
 * wanted, and each segment gives its frame that is cheapest to decode. That is a keyframe if there
 * is one, otherwise the first frame. So the cost does not grow with the length of the video.
 */
public final class FrameSampler {
  /** Assumed duration of a frame if the video does not say. */
  private static final double DEFAULT_FRAME_SECONDS = 0.04;

  /** Frames that are decoded one after another rather than judging a video by fewer. */
  private static final int CHEAP_FRAMES = 1500;

  private final DecodeLimits limits;

  public FrameSampler(DecodeLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * At most {@code limits.frames()} frames in order of time, fewer when the video has fewer, is
   * damaged or takes too long; at least one.
   *
   * @throws DetectionException with {@link Reason#NOT_APPLICABLE} when there is no video stream,
   *     {@link Reason#UNSUPPORTED} when its format is not known or it is too large, {@link
   *     Reason#CORRUPT} when not even one frame can be decoded, {@link Reason#TIMEOUT} when that
   *     took too long
   */
  public List<VideoFrame> sample(Path file) {
    Deadline deadline = Deadline.in(limits.maxTime());
    try (VideoReader video = VideoReader.open(file, limits.maxSourcePixels(), deadline)) {
      double duration = video.duration();
      List<VideoFrame> frames =
          Double.isNaN(duration) ? List.of() : new SamplingPass(video, limits, duration).run();
      if (frames.size() < limits.frames() && !deadline.passed()) {
        // The video is very short, or its header gives a wrong length.
        VideoReader.Extent extent = video.measure();
        if (isShorter(extent.seconds(), duration)) {
          double whole = extent.seconds() + frameDuration(video);
          frames = more(frames, new SamplingPass(video, limits, whole).run());
        }
        boolean missed = frames.size() < Math.min(limits.frames(), extent.packets());
        if (missed && (frames.isEmpty() || extent.packets() <= CHEAP_FRAMES)) {
          frames = more(frames, withoutSeeking(file, extent, deadline));
        }
      }
      if (frames.isEmpty()) {
        throw deadline.passed()
            ? new DetectionException(Reason.TIMEOUT, "Decoding it took too long.")
            : new DetectionException(Reason.CORRUPT, "None of its frames can be decoded.");
      }
      return frames;
    }
  }

  private static List<VideoFrame> more(List<VideoFrame> one, List<VideoFrame> other) {
    return other.size() > one.size() ? other : one;
  }

  /**
   * Frames spread evenly over a file that is decoded from its start, as positions in some formats
   * (such as program streams and bare streams) cannot be found by time.
   */
  private List<VideoFrame> withoutSeeking(Path file, VideoReader.Extent extent, Deadline deadline) {
    List<VideoFrame> frames = new ArrayList<>(limits.frames());
    try (VideoReader video = VideoReader.open(file, limits.maxSourcePixels(), deadline)) {
      double step = frameDuration(video);
      double whole =
          Double.isNaN(extent.seconds()) ? extent.packets() * step : extent.seconds() + step;
      double segment = whole / limits.frames();
      for (int n = 0; frames.size() < limits.frames() && video.decodeNext(); n++) {
        double time = Double.isNaN(video.time()) ? n * step : Math.max(0, video.time());
        boolean later = frames.isEmpty() || time > frames.getLast().seconds();
        if (later && time >= nextFrom(frames, segment)) {
          frames.add(new VideoFrame(time, video.image(limits.maxFramePixels())));
        }
      }
    }
    return List.copyOf(frames);
  }

  /** Start of the segment after the last one that has a frame. */
  private static double nextFrom(List<VideoFrame> frames, double segment) {
    return frames.isEmpty() ? 0 : (Math.floor(frames.getLast().seconds() / segment) + 1) * segment;
  }

  private static double frameDuration(VideoReader video) {
    return Double.isNaN(video.frameRate()) ? DEFAULT_FRAME_SECONDS : 1 / video.frameRate();
  }

  /**
   * Whether the measured length is clearly below the header's, or the header gives none. A true
   * header has the last packet in the last segment.
   */
  private boolean isShorter(double measured, double duration) {
    return !Double.isNaN(measured)
        && !(measured >= duration * (limits.frames() - 1) / limits.frames());
  }
}
