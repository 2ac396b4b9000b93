package org.touchstone.client.model;

import java.util.List;

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
    List<Peak> peaks,
    Speech speech) {
  public Evidence {
    timeline = timeline == null ? List.of() : List.copyOf(timeline);
    regions = regions == null ? List.of() : List.copyOf(regions);
    findings = findings == null ? List.of() : List.copyOf(findings);
    peaks = peaks == null ? List.of() : List.copyOf(peaks);
  }
}
