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

/** Tells which platforms gave no media, and why. */
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

  /** The platform of the link that was given, which for a shortened link is the shortener's. */
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
