package org.touchstone.detectors.pipelines.alignedclips;

import java.util.Objects;
import org.touchstone.detectors.faces.FaceAt;

/**
 * The choice of clips of the faces that can be followed.
 *
 * @param frames of a clip
 * @param side pixels of the square that each frame becomes
 * @param stride frames from the start of one clip of a track to the start of the next, or 0 to
 *     spread a bounded number of clips over all tracks
 * @param everybody if nobody can be followed from the first frame to the last, whether everyone
 *     followed for a part counts, or only the most confident face, as in FTCN
 * @param minTrack frames that a track must have
 */
public record ClipPlan(int frames, int side, int stride, boolean everybody, int minTrack) {
  /** Most clips that are spread over all tracks. */
  static final int BUDGET = 24;

  /** Smallest distance between spread clips of one track, frames. */
  static final int MIN_SPREAD = 16;

  public ClipPlan {
    if (frames < 1 || side < 1 || stride < 0 || minTrack < 1) {
      throw new IllegalArgumentException(
          "frames, side and minTrack must be positive, stride not negative");
    }
  }

  /** The plan of FTCN's published code: every clip, even of the shortest tracks. */
  public static ClipPlan exhaustive(int frames, int side, int stride) {
    return new ClipPlan(frames, side, stride, false, 1);
  }

  /**
   * A plan of a bounded number of clips of everybody; tracks that would be mostly mirrored are left
   * out.
   */
  public static ClipPlan spread(int frames, int side) {
    return new ClipPlan(frames, side, 0, true, Math.ceilDiv(frames, 2));
  }

  /** The stride for tracks with this total number of windows. */
  int stride(int windows) {
    return stride > 0 ? stride : Math.max(MIN_SPREAD, Math.ceilDiv(windows, BUDGET));
  }

  /**
   * A clip that is aligned.
   *
   * @param person number of the person it shows
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
