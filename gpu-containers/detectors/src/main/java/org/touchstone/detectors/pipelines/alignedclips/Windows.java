package org.touchstone.detectors.pipelines.alignedclips;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The choice of the frames of a track's clips. */
final class Windows {
  private Windows() {}

  /** The number of windows of a track with stride 1. */
  static int count(int trackLength, int clipLength) {
    return trackLength >= clipLength ? trackLength - clipLength + 1 : trackLength + clipLength - 1;
  }

  /**
   * The windows of a track, each {@code clipLength} places in it. A track that is shorter than a
   * clip is mirrored at both ends, only so far that each window still touches the track.
   *
   * @param stride places from the start of one window to the start of the next; above 1 the last
   *     window is added, so that the whole track is covered
   */
  static List<List<Integer>> of(int trackLength, int clipLength, int stride) {
    int first = trackLength >= clipLength ? 0 : 1 - clipLength;
    int count = count(trackLength, clipLength);
    List<List<Integer>> windows = new ArrayList<>();
    for (int i = 0; i < count; i += stride) {
      windows.add(window(first + i, trackLength, clipLength));
    }
    if ((count - 1) % stride != 0) {
      windows.add(window(first + count - 1, trackLength, clipLength));
    }
    return windows;
  }

  private static List<Integer> window(int from, int trackLength, int clipLength) {
    return IntStream.range(from, from + clipLength)
        .map(place -> mirrored(place, trackLength))
        .boxed()
        .toList();
  }

  /** Mirrors a place beyond an end of the track at that end. */
  private static int mirrored(int place, int length) {
    if (length == 1) {
      return 0;
    }
    int period = 2 * (length - 1);
    int within = Math.floorMod(place, period);
    return Math.min(within, period - within);
  }
}
