package org.touchstone.detectors.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.touchstone.detectors.decode.FrameTimeline;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceAt;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Faces;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Evidence.Region;
import org.touchstone.domain.Evidence.TimelineSegment;

/** The evidence of detectors that look at faces, for people to see. */
final class FaceEvidence {
  private static final int MAX_REGIONS = 100;

  private static final String FACE = "face";

  private final PeopleScores scores;
  private final List<FaceSample> samples;

  FaceEvidence(PeopleScores scores, List<FaceSample> samples) {
    this.scores = scores;
    this.samples = samples;
  }

  /**
   * @param faceDetector name and version of the face detector
   * @param duration of a video, seconds; null when it is not known
   * @param still whether the medium is a still picture, which has no time
   */
  Evidence evidence(String faceDetector, Double duration, boolean still) {
    Faces faces = new Faces(faceDetector, scores.everybody(samples), still ? null : peaks());
    return Evidence.NONE
        .withTimeline(still ? null : timeline(duration))
        .withRegions(regions(still))
        .withFaces(faces);
  }

  private List<TimelineSegment> timeline(Double duration) {
    boolean clips = samples.stream().anyMatch(sample -> sample.end() > sample.start());
    return clips ? seconds() : frames(duration);
  }

  /** One segment per second that a clip touches. */
  private List<TimelineSegment> seconds() {
    TreeMap<Integer, List<FaceSample>> bySecond = new TreeMap<>();
    for (FaceSample sample : samples) {
      for (int second = (int) sample.start(); second <= (int) sample.end(); second++) {
        bySecond.computeIfAbsent(second, s -> new ArrayList<>()).add(sample);
      }
    }
    return bySecond.entrySet().stream()
        .map(e -> new TimelineSegment(e.getKey(), e.getKey() + 1, scores.atOnce(e.getValue())))
        .toList();
  }

  /** One segment per frame, up to the next frame. */
  private List<TimelineSegment> frames(Double duration) {
    TreeMap<Double, List<FaceSample>> byTime = new TreeMap<>();
    for (FaceSample sample : samples) {
      byTime.computeIfAbsent(sample.start(), t -> new ArrayList<>()).add(sample);
    }
    return FrameTimeline.of(
        List.copyOf(byTime.keySet()),
        byTime.values().stream().map(scores::atOnce).toList(),
        duration);
  }

  private List<Peak> peaks() {
    return Peaks.highest(
        samples.stream()
            .map(
                sample ->
                    new Peak(
                        sample.face().seconds(),
                        scores.score(List.of(sample)),
                        sample.person() + 1,
                        region(sample.face(), false)))
            .toList());
  }

  private List<Region> regions(boolean still) {
    int step = Math.ceilDiv(samples.size(), MAX_REGIONS);
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < samples.size(); i += step) {
      regions.add(region(samples.get(i).face(), still));
    }
    return regions;
  }

  private static Region region(FaceAt at, boolean still) {
    Face face = at.face();
    Rectangle box = face.box();
    Double time = still ? null : at.seconds();
    return new Region(box.x(), box.y(), box.width(), box.height(), time, face.confidence(), FACE);
  }
}
