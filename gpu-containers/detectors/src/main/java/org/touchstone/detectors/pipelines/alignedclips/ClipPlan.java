package org.touchstone.detectors.pipelines.alignedclips;

import java.util.Objects;
import org.touchstone.detectors.faces.FaceAt;

/**
 * Which clips to make of the faces that can be followed.
 *
 * @param frames of a clip
 * @param side pixels of the square that each frame becomes
 * @param stride frames from the start of one clip of a track to the start of the next, or 0 to
 *     spread a bounded number of clips over all tracks
 * @param everybody whether everyone who can be followed counts where nobody can be from the first
 *     frame to the last, or only the surest one, as with FTCN
 * @param minTrack frames that a track must have
 */
public record ClipPlan(int frames, int side, int stride, boolean everybody, int minTrack) {
  /** How many clips are spread over all tracks. */
  static final int BUDGET = 24;

  /** Frames that clips of one track are apart at least when they are spread. */
  static final int MIN_SPREAD = 16;

  public ClipPlan {
    if (frames < 1 || side < 1 || stride < 0 || minTrack < 1) {
      throw new IllegalArgumentException("a plan has frames, a side and a stride");
    }
  }

  /** As FTCN's published code does it: every clip there is, of tracks however short. */
  public static ClipPlan exhaustive(int frames, int side, int stride) {
    return new ClipPlan(frames, side, stride, false, 1);
  }

  /** A bounded number of clips of everybody; tracks that would be mostly mirrored are left out. */
  public static ClipPlan spread(int frames, int side) {
    return new ClipPlan(frames, side, 0, true, Math.ceilDiv(frames, 2));
  }

  /** The stride for tracks that together have that many windows. */
  int stride(int windows) {
    return stride > 0 ? stride : Math.max(MIN_SPREAD, Math.ceilDiv(windows, BUDGET));
  }

  /**
   * A clip that is aligned.
   *
   * @param person number of whoever it shows
   * @param start time of its first frame, seconds
   * @param end time of its last frame, seconds
   * @param middle the face in its middle, as evidence
   * @param data frame after frame of {@code 3 * side * side} bytes, RGB
   */
  public record Clip(int person, double start, double end, FaceAt middle, byte[] data) {
    public Clip {
      Objects.requireNonNull(middle, "middle");
      Objects.requireNonNull(data, "data");
    }
  }
}
