package org.touchstone.detectors.pipelines.lipsync;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.decode.FrameStretch;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;

/**
 * Follows the only face of a stretch of a video, {@value #RATE} frames a second or a little more.
 * Pictures are released at once; of each frame a few hundred numbers are kept. Not thread-safe.
 */
final class Speaker {
  /** Frames a second, at least; Nyquist's rate of what syllables need. */
  static final double RATE = 12;

  /** Shorter side of the smallest face that is looked at, pixels. */
  static final int SMALLEST = 64;

  /** Frames of a stretch at most, whatever its frame rate says. */
  private static final int MOST_FRAMES = 600;

  private static final double MIN_CONFIDENCE = 0.75;

  /** Share of the largest face's area from which another one may be the speaker. */
  private static final double ANOTHER = 0.2;

  /** Share of the area from which it is still the same face. */
  private static final double SAME_FACE = 0.3;

  /** Longest time without the face within a run, seconds. */
  private static final double LONGEST_GAP = 0.3;

  private final FaceDetector detector;
  private final List<List<MouthFrame>> runs = new ArrayList<>();
  private final Map<Reason, Integer> leftOut = new EnumMap<>(Reason.class);
  private final List<Double> times = new ArrayList<>();
  private final List<RgbImage> pictures = new ArrayList<>();
  private int frames;
  private double first;
  private double last;

  private Speaker(FaceDetector detector) {
    this.detector = detector;
  }

  /**
   * The only face between two times of a video.
   *
   * @throws DetectionException as {@link FrameStretch#visit}, or when the face detector cannot be
   *     used
   */
  static Speaker in(
      Path file,
      double from,
      double to,
      FaceDetector detector,
      DecodeLimits limits,
      Deadline deadline) {
    Speaker speaker = new Speaker(detector);
    new FrameStretch(limits).visit(file, from, to, RATE, MOST_FRAMES, deadline, speaker::add);
    speaker.look();
    return speaker;
  }

  /**
   * Frames in which one face is seen without an interruption, of the longest such run by a measure;
   * empty when there is none.
   */
  List<MouthFrame> longest(ToDoubleFunction<List<MouthFrame>> length) {
    return runs.stream().max(Comparator.comparingDouble(length)).orElse(List.of());
  }

  /** Why most of the other frames were left out; {@link Reason#TOO_SHORT} when none was. */
  Reason mostlyLeftOut() {
    return leftOut.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(Reason.TOO_SHORT);
  }

  /** Frames a second that were looked at; NaN when there were fewer than two. */
  double rate() {
    return frames < 2 ? Double.NaN : (frames - 1) / (last - first);
  }

  private void add(double seconds, RgbImage picture) {
    first = frames == 0 ? seconds : first;
    last = seconds;
    frames++;
    times.add(seconds);
    pictures.add(picture);
    if (pictures.size() >= detector.batchSize()) {
      look();
    }
  }

  private void look() {
    List<List<Face>> found = detector.detectAll(pictures);
    for (int i = 0; i < found.size(); i++) {
      keep(times.get(i), pictures.get(i), found.get(i));
    }
    pictures.clear();
    times.clear();
  }

  private void keep(double seconds, RgbImage picture, List<Face> all) {
    List<Face> faces =
        all.stream()
            .filter(face -> face.confidence() >= MIN_CONFIDENCE && !face.landmarks().isEmpty())
            .sorted(Comparator.comparingDouble((Face face) -> face.exactBox().area()).reversed())
            .toList();
    if (faces.isEmpty()) {
      leaveOut(Reason.NO_FACE);
      return;
    }
    Face face = faces.getFirst();
    double area = face.exactBox().area();
    if (face.exactBox().side() < SMALLEST) {
      leaveOut(Reason.FACE_TOO_SMALL);
    } else if (faces.size() > 1 && faces.get(1).exactBox().area() > ANOTHER * area) {
      leaveOut(Reason.SEVERAL_FACES);
    } else if (MouthFrame.isTurned(face)) {
      leaveOut(Reason.FACE_TURNED);
    } else {
      MouthFrame.of(seconds, picture, face)
          .ifPresentOrElse(this::add, () -> leaveOut(Reason.TOO_DARK));
    }
  }

  private void leaveOut(Reason why) {
    leftOut.merge(why, 1, Integer::sum);
  }

  private void add(MouthFrame frame) {
    if (runs.isEmpty() || !goesOn(runs.getLast().getLast(), frame)) {
      runs.add(new ArrayList<>());
    }
    runs.getLast().add(frame);
  }

  private static boolean goesOn(MouthFrame before, MouthFrame next) {
    FaceBox box = next.box();
    return next.seconds() - before.seconds() <= LONGEST_GAP
        && box.overlap(before.box()) >= SAME_FACE;
  }
}
