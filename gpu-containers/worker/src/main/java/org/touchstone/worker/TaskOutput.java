package org.touchstone.worker;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;

/**
 * What a finished job tells the workflow. The whole of it is in S3, so what is too large for the
 * workflow is left out here, bulkiest first.
 *
 * @param mediaId the medium
 * @param endpoint the endpoint that worked on it
 * @param reports its detectors' reports
 */
record TaskOutput(String mediaId, String endpoint, List<DetectorReport> reports) {

  /** Step Functions takes at most 256 KiB of UTF-8 as a task's output. */
  static final int MAX_BYTES = 256 * 1024;

  /** The output as JSON of at most {@link #MAX_BYTES}. */
  static String of(JobReports job) {
    TaskOutput whole = new TaskOutput(job.mediaId(), job.endpoint(), job.reports());
    List<UnaryOperator<TaskOutput>> shorter =
        List.of(UnaryOperator.identity(), TaskOutput::withoutEvidence, TaskOutput::withoutReports);
    for (UnaryOperator<TaskOutput> shorten : shorter) {
      byte[] json = Json.bytes(shorten.apply(whole));
      if (json.length <= MAX_BYTES) {
        return new String(json, StandardCharsets.UTF_8);
      }
    }
    throw new IllegalArgumentException("the names alone exceed the limit");
  }

  private TaskOutput withoutEvidence() {
    return new TaskOutput(
        mediaId, endpoint, reports.stream().map(TaskOutput::withoutEvidence).toList());
  }

  private TaskOutput withoutReports() {
    return new TaskOutput(mediaId, endpoint, List.of());
  }

  private static DetectorReport withoutEvidence(DetectorReport report) {
    return new DetectorReport(
        report.detector(),
        report.modelVersion(),
        report.status(),
        report.score(),
        report.reason(),
        report.detail(),
        report.category(),
        null,
        report.timings());
  }
}
