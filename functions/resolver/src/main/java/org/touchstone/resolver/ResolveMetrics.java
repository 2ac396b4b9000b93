package org.touchstone.resolver;

import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.ingest.MediaResolver;
import org.touchstone.resolver.link.Wrappers;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;

/** Counts failures to get media, by platform and reason. */
public final class ResolveMetrics {
  private static final String NO_LINK = "none";

  private final Metrics metrics;
  private final Extractors extractors;

  public ResolveMetrics(Metrics metrics, Extractors extractors) {
    this.metrics = metrics;
    this.extractors = extractors;
  }

  void failed(AnalysisInput input, ProblemType reason) {
    metrics.count(Metric.PLATFORM_FAILURES, platform(input), reason.code());
  }

  /** Counts a failure that was the fault of this machine. */
  void environmentFault() {
    metrics.count(Metric.ENVIRONMENT_FAULTS);
  }

  /** The platform of the given link; for a shortened link this is the shortener. */
  private String platform(AnalysisInput input) {
    if (input.uploadId() != null) {
      return MediaResolver.UPLOAD;
    }
    try {
      return extractors.forLink(Wrappers.unwrap(WebLink.parse(input.url()))).platform();
    } catch (ProblemException e) {
      return NO_LINK;
    }
  }
}
