package org.touchstone.storage;

import java.time.Instant;
import java.util.List;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.Verdict;

/** One analysis of a post with a video that has sound: a video job and an audio job. */
final class Samples {
  static final Instant CREATED = Instant.parse("2026-11-24T12:00:00.100Z");
  static final Instant RESOLVING = CREATED.plusMillis(20);
  static final Instant RESOLVED = RESOLVING.plusMillis(300);
  static final Instant VIDEO_DONE = RESOLVED.plusMillis(4000);
  static final Instant AUDIO_DONE = RESOLVED.plusMillis(1000);
  static final Instant ENDED = VIDEO_DONE.plusMillis(7);

  static final String ID = Ids.analysisIdFor("key", "sample");
  static final AnalysisInput INPUT = AnalysisInput.ofUrl("https://example.org/post/1");
  static final AnalysisRequest REQUEST =
      new AnalysisRequest(ID, "account", "key", INPUT, JobOptions.DEFAULT, CREATED);

  static final String SHA256 = "0123456789abcdef".repeat(4);
  static final MediaItem VIDEO =
      new MediaItem(
          MediaItem.idOf(SHA256),
          Modality.VIDEO,
          SHA256,
          "video/mp4",
          1000,
          640,
          360,
          12.5,
          true,
          new S3Location("bucket", "media/" + SHA256),
          new MediaSource("web", "https://example.org/post/1", null, null, 0));
  static final ResolvedMedia MEDIA =
      new ResolvedMedia(
          List.of(VIDEO), List.of(job(Modality.VIDEO), job(Modality.AUDIO)), RESOLVED);

  static final DetectorReport SCORED =
      DetectorReport.scored(
          "metadata", "1", Category.FORENSIC, 0.75, Evidence.NONE, new ReportTimings(3, 4));
  static final Verdict VERDICT =
      new Verdict(Verdict.Level.HIGH, 0.9, "pooled-1", List.of(), List.of(), List.of());
  static final AnalysisOutcome COMPLETE = new AnalysisOutcome(VERDICT, null, ENDED);
  static final AnalysisOutcome FAILED =
      new AnalysisOutcome(null, Problem.of(ProblemType.POST_NO_MEDIA), ENDED);

  private Samples() {}

  static JobReports reports(Modality track, Provenance provenance, Instant finishedAt) {
    return new JobReports(
        ID, VIDEO.id(), track.code(), track, List.of(SCORED), provenance, RESOLVED, finishedAt);
  }

  private static Job job(Modality track) {
    return new Job(
        null, ID, track.code(), "http://queue/" + track.code(), track, VIDEO, JobOptions.DEFAULT);
  }
}
