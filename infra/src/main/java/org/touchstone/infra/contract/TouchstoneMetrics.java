package org.touchstone.infra.contract;

/** The place where functions and endpoints write their metrics and the dashboard reads them. */
public final class TouchstoneMetrics {
  /** CloudWatch's namespace of Touchstone's own metrics. */
  public static final String NAMESPACE = "Touchstone";

  /** The metric of failures that were the fault of a machine, which has an alarm. */
  public static final String ENVIRONMENT_FAULTS = "EnvironmentFaults";

  /** The metric of deliveries to webhooks that were given up, which has an alarm. */
  public static final String DEAD_WEBHOOKS = "DeadWebhooks";

  /** The metric of how long the oldest open mention of the bot has waited, which has an alarm. */
  public static final String MENTION_QUEUE_AGE = "MentionQueueAge";

  /** The metric of mentions that were given up, which has an alarm. */
  public static final String FAILED_MENTIONS = "FailedMentions";

  private TouchstoneMetrics() {}
}
