package org.touchstone.detectors.pipelines.alignedclips;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceAt;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.faces.tracking.ConsecutiveFaces;
import org.touchstone.detectors.faces.tracking.FaceCrop;
import org.touchstone.detectors.faces.tracking.FaceInFrame;
import org.touchstone.detectors.faces.tracking.FaceTrack;
import org.touchstone.detectors.faces.tracking.FaceTracker;
import org.touchstone.detectors.faces.tracking.People;
import org.touchstone.detectors.pipelines.alignedclips.ClipPlan.Clip;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;

/**
 * Clips of consecutive frames of one face, aligned. They are made one after another: a crop is
 * released after the last clip that shows it.
 */
public final class AlignedClips {
  private final ConsecutiveFaces faces;
  private final ClipPlan plan;
  private final List<Planned> planned;

  private AlignedClips(ConsecutiveFaces faces, ClipPlan plan, List<Planned> planned) {
    this.faces = faces;
    this.plan = plan;
    this.planned = List.copyOf(planned);
  }

  /** A clip that is not made yet: the person it shows, and the faces in order. */
  private record Planned(int number, int person, List<FaceInFrame> faces) {}

  /**
   * Plans the clips of a video.
   *
   * @throws DetectionException with {@link Reason#NO_FACE}, {@link Reason#FACE_TOO_SMALL} or {@link
   *     Reason#TOO_SHORT} when no clip can be made
   */
  public static AlignedClips of(ConsecutiveFaces faces, ClipPlan plan) {
    List<FaceTrack> all = new FaceTracker(faces.frames()).tracks(plan.everybody());
    List<FaceTrack> tracks = all.stream().filter(t -> t.length() >= plan.minTrack()).toList();
    if (tracks.isEmpty()) {
      throw none(faces, plan);
    }
    List<Integer> people = new People(faces).of(tracks);
    int windows = tracks.stream().mapToInt(t -> Windows.count(t.length(), plan.frames())).sum();
    int stride = plan.stride(windows);
    List<Planned> planned = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      FaceTrack track = tracks.get(i);
      for (List<Integer> window : Windows.of(track.length(), plan.frames(), stride)) {
        List<FaceInFrame> keys =
            window.stream()
                .map(place -> new FaceInFrame(track.start() + place, track.faces().get(place)))
                .toList();
        planned.add(new Planned(planned.size(), people.get(i), keys));
      }
    }
    return new AlignedClips(faces, plan, planned);
  }

  private static DetectionException none(ConsecutiveFaces faces, ClipPlan plan) {
    if (faces.frames().stream().anyMatch(frame -> !frame.faces().isEmpty())) {
      return new DetectionException(
          Reason.TOO_SHORT,
          "No face can be followed over %d frames or more.".formatted(plan.minTrack()));
    }
    return faces.smallFaces()
        ? new DetectionException(Reason.FACE_TOO_SMALL, "Its faces are too small to be followed.")
        : new DetectionException(
            Reason.NO_FACE,
            "No face was found in its first %d frames.".formatted(faces.frames().size()));
  }

  /** The number of clips; at least one. */
  public int count() {
    return planned.size();
  }

  /**
   * Makes the clips, one after another, in the order of their last frames.
   *
   * @throws DetectionException with {@link Reason#TIMEOUT} when the thread was interrupted or
   *     decoding again took too long
   */
  public void forEach(Consumer<Clip> consumer) {
    new Making(consumer).run();
  }

  /** One round of making all clips. */
  private final class Making {
    private final Consumer<Clip> consumer;
    private final ClipAligner aligner = new ClipAligner(plan.side());
    private final Map<FaceInFrame, List<Planned>> shownIn = new HashMap<>();
    private final Map<Planned, Set<FaceInFrame>> missing = new HashMap<>();
    private final Map<FaceInFrame, FaceCrop> crops = new HashMap<>();

    Making(Consumer<Clip> consumer) {
      this.consumer = consumer;
    }

    void run() {
      for (Planned clip : planned) {
        Set<FaceInFrame> keys = new HashSet<>(clip.faces());
        missing.put(clip, keys);
        keys.forEach(key -> shownIn.computeIfAbsent(key, k -> new ArrayList<>()).add(clip));
      }
      NavigableSet<FaceInFrame> wanted = new TreeSet<>(shownIn.keySet());
      faces.visit(wanted, this::take);
    }

    private void take(int frame, int face, RgbImage image) {
      FaceInFrame key = new FaceInFrame(frame, face);
      List<Point> landmarks = faces.face(key).landmarks();
      crops.put(key, new FaceCrop(faces.cropBox(key), landmarks, image));
      for (Planned clip : List.copyOf(shownIn.get(key))) {
        Set<FaceInFrame> left = missing.get(clip);
        left.remove(key);
        if (left.isEmpty()) {
          consumer.accept(make(clip));
          letGo(clip);
        }
      }
    }

    private Clip make(Planned clip) {
      List<FaceInFrame> keys = clip.faces();
      byte[] data = aligner.align(keys.stream().map(crops::get).toList());
      FaceInFrame middle = keys.get(keys.size() / 2);
      Face face = faces.face(middle);
      double start = keys.stream().mapToDouble(this::seconds).min().orElseThrow();
      double end = keys.stream().mapToDouble(this::seconds).max().orElseThrow();
      return new Clip(clip.person(), start, end, new FaceAt(seconds(middle), face), data);
    }

    private double seconds(FaceInFrame key) {
      return faces.frames().get(key.frame()).seconds();
    }

    private void letGo(Planned clip) {
      for (FaceInFrame key : new HashSet<>(clip.faces())) {
        List<Planned> others = shownIn.get(key);
        others.remove(clip);
        if (others.isEmpty()) {
          crops.remove(key);
        }
      }
    }
  }
}
