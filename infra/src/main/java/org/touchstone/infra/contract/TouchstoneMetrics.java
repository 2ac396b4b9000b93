package org.touchstone.infra.contract;

/** The place where functions and endpoints write their metrics and the dashboard reads them. */
public final class TouchstoneMetrics {
  /** CloudWatch's namespace of Touchstone's own metrics. */
  public static final String NAMESPACE = "Touchstone";

  private TouchstoneMetrics() {}
}
