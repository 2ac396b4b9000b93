package org.touchstone.local.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.Analysis.MediaProvenance;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Problem;
import org.touchstone.domain.Verdict;

/**
 * The document that {@code analyze --json} prints for one input.
 *
 * @param input the argument as it was given
 * @param analysisId absent when the input never became an analysis
 * @param missing media of the post that could not be had; left out when there are none
 * @param override what people know of the media, which takes precedence over the verdict; left out
 *     when they know nothing
 */
record AnalysisResult(
    String input,
    String analysisId,
    AnalysisStatus status,
    Verdict verdict,
    List<MediaReport> reports,
    List<MediaProvenance> provenance,
    List<MediaItem> media,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MissingMedium> missing,
    Analysis.Timings timings,
    Problem error,
    @JsonInclude(JsonInclude.Include.NON_NULL) LevelOverride override) {

  /** A result on whose media people know nothing. */
  AnalysisResult(
      String input,
      String analysisId,
      AnalysisStatus status,
      Verdict verdict,
      List<MediaReport> reports,
      List<MediaProvenance> provenance,
      List<MediaItem> media,
      List<MissingMedium> missing,
      Analysis.Timings timings,
      Problem error) {
    this(
        input,
        analysisId,
        status,
        verdict,
        reports,
        provenance,
        media,
        missing,
        timings,
        error,
        null);
  }

  static AnalysisResult of(String input, Analysis analysis) {
    return new AnalysisResult(
        input,
        analysis.id(),
        analysis.status(),
        analysis.verdict(),
        analysis.reports(),
        analysis.provenance(),
        analysis.media(),
        analysis.missing(),
        analysis.timings(),
        analysis.error(),
        analysis.override());
  }

  /** The result of an analysis that this command stops waiting for. The analysis continues. */
  static AnalysisResult unfinished(String input, Analysis analysis, Problem problem) {
    return new AnalysisResult(
        input,
        analysis.id(),
        analysis.status(),
        null,
        analysis.reports(),
        analysis.provenance(),
        analysis.media(),
        analysis.missing(),
        analysis.timings(),
        problem);
  }

  /** The result of an input that was rejected before it became an analysis. */
  static AnalysisResult refused(String input, Problem problem) {
    return new AnalysisResult(
        input,
        null,
        AnalysisStatus.FAILED,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        problem);
  }

  int exitCode() {
    return ExitCode.of(status, error);
  }
}
