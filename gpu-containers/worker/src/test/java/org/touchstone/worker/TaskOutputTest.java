package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportTimings;

class TaskOutputTest {

  private static TaskOutput outputOf(List<DetectorReport> reports) {
    byte[] json =
        TaskOutput.of(
                new JobReports(
                    "analysis",
                    "medium",
                    "audio",
                    Modality.AUDIO,
                    reports,
                    Provenance.ABSENT,
                    Instant.EPOCH,
                    Instant.EPOCH))
            .getBytes(StandardCharsets.UTF_8);
    assertThat(json).hasSizeLessThanOrEqualTo(256 * 1024);
    return Json.read(json, TaskOutput.class);
  }

  private static DetectorReport saying(String transcript) {
    Evidence evidence = new Evidence(List.of(), List.of(), null, transcript, null, null, List.of());
    return DetectorReport.scored(
        "transcript", "1", Category.SEMANTIC, 0.5, evidence, ReportTimings.ZERO);
  }

  @Test
  void holdsTheWholeReportsWhenTheyFit() {
    List<DetectorReport> reports = List.of(saying("a few words"));

    assertThat(outputOf(reports).reports()).isEqualTo(reports);
  }

  @Test
  void leavesOutEvidenceThatDoesNotFit() {
    TaskOutput output = outputOf(List.of(saying("ü".repeat(200_000))));

    assertThat(output.mediaId()).isEqualTo("medium");
    assertThat(output.reports()).extracting(DetectorReport::score).containsExactly(0.5);
    assertThat(output.reports()).extracting(DetectorReport::evidence).containsOnlyNulls();
  }

  @Test
  void leavesOutTheReportsWhenNothingElseHelps() {
    List<DetectorReport> many =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    DetectorReport.abstained(
                        "detector-" + i, "1", Category.FACES, Reason.ERROR, "x".repeat(1000)))
            .toList();

    assertThat(outputOf(many).reports()).isEmpty();
  }
}
