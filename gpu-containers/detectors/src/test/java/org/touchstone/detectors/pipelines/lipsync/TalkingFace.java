package org.touchstone.detectors.pipelines.lipsync;

import java.nio.file.Path;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.faces.alignment.Similarity;
import org.touchstone.detectors.faces.alignment.Warp;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;

/**
 * Makes a photograph speak: the part of the face below the line between its lips moves down, and
 * what opens is dark. The head can move and the eyes can blink.
 */
final class TalkingFace {
  /** Pixels of a video's sides. */
  static final int SIDE = 320;

  static final int FRAMES_PER_SECOND = 25;

  /** Places in the portrait, pixels: lips, half their width, chin and eyes. */
  private static final Point LIPS = new Point(222, 142);

  private static final double HALF_WIDTH = 21;
  private static final double JAW = 34;
  private static final Point[] EYES = {new Point(205, 107), new Point(242, 103)};
  private static final double EYE = 9;

  /** How far the mouth opens at most, pixels of the portrait. */
  private static final double WIDEST = 13;

  private final RgbImage portrait;

  TalkingFace(Path folder) {
    portrait = TestMedia.decode(TestMedia.astronaut(folder));
  }

  /**
   * How the head is held.
   *
   * @param x shift to the right, pixels of the video
   * @param y shift down, pixels of the video
   * @param angle radians
   * @param zoom pixels of the video for one of the portrait
   */
  record Pose(double x, double y, double angle, double zoom) {
    static final Pose STILL = new Pose(0, 0, 0, 1.25);

    /** A head that nods, sways and leans, at rates of its own. */
    static Pose moving(double seconds) {
      return new Pose(
          9 * Math.sin(2.1 * seconds) + 4 * Math.sin(5.3 * seconds),
          7 * Math.sin(2.9 * seconds + 1) + 3 * Math.sin(7.7 * seconds),
          0.08 * Math.sin(1.7 * seconds),
          1.25 + 0.06 * Math.sin(1.1 * seconds));
    }
  }

  /**
   * What is seen at a time.
   *
   * @param open how far the mouth is open, 0..1
   */
  record Look(double open, Pose pose, boolean blinks) {}

  RgbImage frame(Look look) {
    RgbImage face = look.blinks ? blinking(opened(look.open)) : opened(look.open);
    double cos = Math.cos(look.pose.angle) / look.pose.zoom;
    double sin = Math.sin(look.pose.angle) / look.pose.zoom;
    double middle = SIDE / 2.0;
    double x = middle + look.pose.x;
    double y = middle + look.pose.y;
    Similarity toPortrait =
        new Similarity(cos, sin, LIPS.x() - cos * x - sin * y, LIPS.y() - 15 - cos * y + sin * x);
    byte[] view = new byte[SIDE * SIDE * RgbImage.CHANNELS];
    Warp.fill(toPortrait, face, 0, 0, SIDE, view, 0);
    return new RgbImage(SIDE, SIDE, view);
  }

  private RgbImage opened(double open) {
    byte[] data = portrait.data().clone();
    int width = portrait.width();
    for (int y = (int) LIPS.y(); y < LIPS.y() + 2 * JAW; y++) {
      for (int x = (int) (LIPS.x() - 2 * HALF_WIDTH); x < LIPS.x() + 2 * HALF_WIDTH; x++) {
        double aside = (x - LIPS.x()) / HALF_WIDTH;
        double gap = WIDEST * open * Math.max(0, 1 - aside * aside);
        double jaw = WIDEST * open * Math.max(0, 1 - aside * aside / 3);
        double below = y - LIPS.y();
        double taper = Math.clamp(2 - below / JAW, 0, 1);
        double from = below < gap ? LIPS.y() : y - jaw * taper;
        int low = (int) Math.floor(from);
        double part = from - low;
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
          double value =
              below < gap
                  ? c == 0 ? 60 : 25
                  : (1 - part) * portrait.sample(x, low, c) + part * portrait.sample(x, low + 1, c);
          data[(y * width + x) * RgbImage.CHANNELS + c] = (byte) Math.round(value);
        }
      }
    }
    return new RgbImage(width, portrait.height(), data);
  }

  /** Skin from below the eyes where the eyes are. */
  private RgbImage blinking(RgbImage face) {
    byte[] data = face.data().clone();
    for (Point eye : EYES) {
      for (int y = (int) (eye.y() - EYE / 2); y < eye.y() + EYE / 2; y++) {
        for (int x = (int) (eye.x() - EYE); x < eye.x() + EYE; x++) {
          for (int c = 0; c < RgbImage.CHANNELS; c++) {
            data[(y * face.width() + x) * RgbImage.CHANNELS + c] =
                (byte) face.sample(x, (int) (eye.y() + EYE), c);
          }
        }
      }
    }
    return new RgbImage(face.width(), face.height(), data);
  }

  /** A video of what is seen, as long as its sound. */
  Path video(
      Path file, VideoSettings settings, DoubleFunction<Look> looks, DoubleUnaryOperator sound) {
    return video(file, settings, looks, sound, 0);
  }

  /** The same with a sound that starts so many seconds later than the picture. */
  Path video(
      Path file,
      VideoSettings settings,
      DoubleFunction<Look> looks,
      DoubleUnaryOperator sound,
      double later) {
    try (VideoWriter writer = new VideoWriter(file, settings, sound).withSoundFrom(later)) {
      for (int i = 0; i < settings.toneSeconds() * FRAMES_PER_SECOND; i++) {
        double time = (double) i / FRAMES_PER_SECOND;
        writer.frame(time, frame(looks.apply(time)));
      }
    }
    return file;
  }

  /** The sound that samples make at a rate of 16 kHz, silence around it. */
  static DoubleUnaryOperator sound(float[] samples) {
    return seconds -> {
      int at = (int) Math.round(seconds * 16_000);
      return at < 0 || at >= samples.length ? 0 : samples[at];
    };
  }

  /** How far a mouth that says these samples is open: their loudness within 80 ms. */
  static DoubleUnaryOperator mouth(float[] samples) {
    int hop = 160;
    double[] loud = new double[samples.length / hop];
    double most = 0;
    for (int i = 0; i < loud.length; i++) {
      double sum = 0;
      int count = 0;
      for (int j = Math.max(0, (i - 4) * hop); j < Math.min(samples.length, (i + 4) * hop); j++) {
        sum += samples[j] * samples[j];
        count++;
      }
      loud[i] = Math.sqrt(sum / count);
      most = Math.max(most, loud[i]);
    }
    double loudest = most;
    return seconds -> {
      int at = (int) Math.round(seconds * 100);
      return at < 0 || at >= loud.length ? 0 : Math.min(1, loud[at] / loudest * 1.3);
    };
  }
}
