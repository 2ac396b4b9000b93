package org.touchstone.detectors.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;

/**
 * Chooses some of a video's sampled frames: those that begin a scene first, as what follows them
 * looks alike, then those farthest from all chosen so far.
 */
public final class SceneChanges {
  /** Side of the pictures that are compared, pixels. */
  private static final int SIDE = 16;

  /** Mean difference of two frames, 0..1, from which they belong to different scenes. */
  private static final double CHANGE = 0.1;

  private SceneChanges() {}

  /**
   * At most so many of the frames, in their order; the first is always one of them.
   *
   * @param frames in order of time
   * @param most at least 1
   */
  public static List<VideoFrame> choose(List<VideoFrame> frames, int most) {
    if (frames.size() <= most) {
      return frames;
    }
    double[] changes = changes(frames);
    TreeSet<Integer> chosen = new TreeSet<>(List.of(0));
    IntStream.range(1, frames.size())
        .filter(i -> changes[i] >= CHANGE)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> changes[i]).reversed())
        .limit(most - 1L)
        .forEach(chosen::add);
    while (chosen.size() < most) {
      chosen.add(farthest(chosen, frames.size()));
    }
    return chosen.stream().map(frames::get).toList();
  }

  /** For each frame how much it differs from the one before. */
  private static double[] changes(List<VideoFrame> frames) {
    double[] changes = new double[frames.size()];
    RgbImage before = small(frames.getFirst());
    for (int i = 1; i < changes.length; i++) {
      RgbImage now = small(frames.get(i));
      changes[i] = difference(before, now);
      before = now;
    }
    return changes;
  }

  private static RgbImage small(VideoFrame frame) {
    return ImageScaler.scale(frame.image(), Rectangle.of(frame.image()), SIDE, SIDE);
  }

  private static double difference(RgbImage a, RgbImage b) {
    long sum = 0;
    for (int i = 0; i < a.data().length; i++) {
      sum += Math.abs((a.data()[i] & 0xff) - (b.data()[i] & 0xff));
    }
    return sum / 255.0 / a.data().length;
  }

  private static int farthest(TreeSet<Integer> chosen, int count) {
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!chosen.contains(i)) {
        others.add(i);
      }
    }
    return others.stream().max(Comparator.comparingInt(i -> distance(chosen, i))).orElseThrow();
  }

  /** Frames to the nearest of the chosen. */
  private static int distance(TreeSet<Integer> chosen, int index) {
    Integer before = chosen.floor(index);
    Integer after = chosen.ceiling(index);
    int back = before == null ? Integer.MAX_VALUE : index - before;
    int ahead = after == null ? Integer.MAX_VALUE : after - index;
    return Math.min(back, ahead);
  }
}
