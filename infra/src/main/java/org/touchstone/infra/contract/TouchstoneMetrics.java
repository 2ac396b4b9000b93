package org.touchstone.infra.contract;

/** Where functions and endpoints write their own metrics, and where the dashboard finds them. */
public final class TouchstoneMetrics {
  /** CloudWatch's namespace of Touchstone's own metrics. */
  public static final String NAMESPACE = "Touchstone";

  private TouchstoneMetrics() {}
}
