package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The evidence behind a detector's score. Every part is optional; large parts are stored in S3 and
 * referenced by key.
 *
 * @param timeline scores over time, ordered by start
 * @param regions places in the picture
 * @param heatmapKey S3 key of a heat map in PNG
 * @param transcript what was said
 * @param rationale why, in words
 * @param generator the generator that most likely made the medium
 * @param findings single facts the score rests on
 * @param faces whose faces were looked at, null when faces do not matter to the detector
 * @param peaks where the score is highest, the highest first; videos whose detector does not tell
 *     people apart
 * @param speech when it was said, and by what it was written down; null without a transcript
 */
public record Evidence(
    List<TimelineSegment> timeline,
    List<Region> regions,
    String heatmapKey,
    String transcript,
    String rationale,
    String generator,
    List<Finding> findings,
    Faces faces,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Peak> peaks,
    Speech speech) {

  public static final Evidence NONE =
      new Evidence(null, null, null, null, null, null, null, null, null, null);

  public Evidence {
    timeline = timeline == null ? List.of() : List.copyOf(timeline);
    regions = regions == null ? List.of() : List.copyOf(regions);
    findings = findings == null ? List.of() : List.copyOf(findings);
    peaks = peaks == null ? List.of() : List.copyOf(peaks);
  }

  /** Evidence that consists of findings only. */
  public static Evidence of(List<Finding> findings) {
    return NONE.withFindings(findings);
  }

  /** A copy with another heat map, or without one if the key is null. */
  public Evidence withHeatmapKey(String key) {
    return new Evidence(
        timeline, regions, key, transcript, rationale, generator, findings, faces, peaks, speech);
  }

  /** The peaks of people's scores, or else those of the medium's. */
  public List<Peak> highest() {
    return faces == null || faces.peaks.isEmpty() ? peaks : faces.peaks;
  }

  /**
   * A copy with another picture of a peak, or without one if the key is null.
   *
   * @param peak index in {@link #highest()}
   * @throws IndexOutOfBoundsException when the peak does not exist
   */
  public Evidence withPeakFrame(int peak, String key) {
    List<Peak> pictured = new ArrayList<>(highest());
    pictured.set(peak, pictured.get(peak).withFrameKey(key));
    return faces == null || faces.peaks.isEmpty()
        ? withPeaks(pictured)
        : withFaces(new Faces(faces.detector(), faces.people(), pictured));
  }

  public Evidence withPeaks(List<Peak> highest) {
    return new Evidence(
        timeline,
        regions,
        heatmapKey,
        transcript,
        rationale,
        generator,
        findings,
        faces,
        highest,
        speech);
  }

  public Evidence withRationale(String why) {
    return new Evidence(
        timeline, regions, heatmapKey, transcript, why, generator, findings, faces, peaks, speech);
  }

  public Evidence withTimeline(List<TimelineSegment> segments) {
    return new Evidence(
        segments,
        regions,
        heatmapKey,
        transcript,
        rationale,
        generator,
        findings,
        faces,
        peaks,
        speech);
  }

  public Evidence withRegions(List<Region> newRegions) {
    return new Evidence(
        timeline,
        newRegions,
        heatmapKey,
        transcript,
        rationale,
        generator,
        findings,
        faces,
        peaks,
        speech);
  }

  public Evidence withGenerator(String name) {
    return new Evidence(
        timeline, regions, heatmapKey, transcript, rationale, name, findings, faces, peaks, speech);
  }

  public Evidence withFindings(List<Finding> facts) {
    return new Evidence(
        timeline,
        regions,
        heatmapKey,
        transcript,
        rationale,
        generator,
        facts,
        faces,
        peaks,
        speech);
  }

  public Evidence withFaces(Faces looked) {
    return new Evidence(
        timeline,
        regions,
        heatmapKey,
        transcript,
        rationale,
        generator,
        findings,
        looked,
        peaks,
        speech);
  }

  /** A copy with what was said: the words of all passages are its transcript. */
  public Evidence withSpeech(Speech said) {
    String words = said.passages().stream().map(Passage::text).collect(Collectors.joining(" "));
    return new Evidence(
        timeline, regions, heatmapKey, words, rationale, generator, findings, faces, peaks, said);
  }

  /** A score for the seconds from {@code start} to {@code end}. */
  public record TimelineSegment(double start, double end, double score) {}

  /**
   * A rectangle in the picture.
   *
   * @param x left edge, pixels
   * @param y top edge, pixels
   * @param width pixels
   * @param height pixels
   * @param time seconds from the start, videos only
   * @param score 0..1; for a face, the face detector's confidence, unless {@code label} says
   *     otherwise
   * @param label what it is, such as {@code face}
   */
  public record Region(
      int x, int y, int width, int height, Double time, Double score, String label) {}

  /**
   * One fact.
   *
   * @param source where it was read, such as {@code png:parameters} or {@code xmp}
   * @param name what it is
   * @param value its value, shortened to a bounded length
   */
  public record Finding(String source, String name, String value) {}

  /**
   * The faces that a score rests on.
   *
   * @param detector name and version of the face detector
   * @param people the people seen, highest score first; empty when the detector does not tell
   *     people apart
   * @param peaks where the score is highest, the highest first; videos only
   */
  public record Faces(String detector, List<Person> people, List<Peak> peaks) {
    public Faces {
      people = people == null ? List.of() : List.copyOf(people);
      peaks = peaks == null ? List.of() : List.copyOf(peaks);
    }
  }

  /**
   * A person whose face was tracked. Faces are not compared, so someone who leaves and comes back
   * counts as another person.
   *
   * @param number from 1 on, in the order in which they appear
   * @param start first seen, seconds
   * @param end last seen, seconds
   * @param samples how many faces or clips were scored
   * @param score 0..1
   */
  public record Person(int number, double start, double end, int samples, double score) {}

  /**
   * A frame at which the score is high.
   *
   * @param time seconds from the start
   * @param score 0..1
   * @param person number of the person it shows; 0 when the score is not about one
   * @param face where; null when the score is about the whole frame
   * @param frameKey S3 key of the frame in JPEG, scaled down; null when it has no picture
   */
  public record Peak(double time, double score, int person, Region face, String frameKey) {

    /** A peak without a picture. */
    public Peak(double time, double score, int person, Region face) {
      this(time, score, person, face, null);
    }

    Peak withFrameKey(String key) {
      return new Peak(time, score, person, face, key);
    }
  }

  /**
   * What was said, with its times.
   *
   * @param language BCP 47 tag
   * @param recogniser name and version of the recogniser
   * @param passages in order of time
   */
  public record Speech(String language, String recogniser, List<Passage> passages) {
    public Speech {
      passages = passages == null ? List.of() : List.copyOf(passages);
    }
  }

  /**
   * Some words.
   *
   * @param start seconds from the start
   * @param end seconds from the start
   * @param doubtful whether the recogniser is unsure of them
   */
  public record Passage(double start, double end, String text, boolean doubtful) {}
}
