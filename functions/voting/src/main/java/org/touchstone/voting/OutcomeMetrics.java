package org.touchstone.voting;

import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.Verdict;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.core.exception.SdkException;

/** Records metrics of finished analyses: how they ended and where their time went. */
public final class OutcomeMetrics {
  private static final Logger LOG = Logger.getLogger(OutcomeMetrics.class);
  private static final String FAILED = "failed";

  private final Metrics metrics;
  private final AnalysisStore analyses;

  public OutcomeMetrics(Metrics metrics, AnalysisStore analyses) {
    this.metrics = metrics;
    this.analyses = analyses;
  }

  /** Records metrics of a finished analysis; a failure here does not fail the vote. */
  void ended(String analysisId) {
    if (!metrics.isWritten()) {
      return;
    }
    try {
      analyses.analysis(analysisId).ifPresent(this::tell);
    } catch (SdkException e) {
      LOG.warn("no metrics of this analysis", e);
    }
  }

  private void tell(Analysis analysis) {
    if (analysis.verdict() == null) {
      metrics.count(Metric.ANALYSES_ENDED, FAILED);
      metrics.count(Metric.ANALYSES_FAILED, analysis.error().type().code());
    } else {
      tell(analysis.verdict(), analysis);
    }
    stage("queued", analysis.timings().queued());
    stage("resolve", analysis.timings().resolve());
    stage("detect", analysis.timings().detect());
    stage("vote", analysis.timings().vote());
    metrics.put(Metric.ANALYSIS_DURATION, analysis.timings().total());
  }

  private void tell(Verdict verdict, Analysis analysis) {
    metrics.count(Metric.ANALYSES_ENDED, Metrics.label(verdict.level()));
    Map<String, Modality> modalities =
        analysis.media().stream().collect(Collectors.toMap(MediaItem::id, MediaItem::modality));
    for (Verdict.MediaVerdict medium : verdict.perMedia()) {
      metrics.count(
          Metric.MEDIA_JUDGED,
          modalities.get(medium.mediaId()).code(),
          Metrics.label(medium.level()));
    }
    for (Analysis.MediaReport entry : analysis.reports()) {
      DetectorReport report = entry.report();
      if (report.status() == ReportStatus.FAILED) {
        metrics.count(Metric.DETECTOR_FAILURES, report.detector(), report.reason().code());
      }
    }
  }

  private void stage(String stage, Long millis) {
    if (millis != null) {
      metrics.put(Metric.STAGE_DURATION, millis, stage);
    }
  }
}
