package org.touchstone.domain;

/**
 * How a job is to be done.
 *
 * @param force run every detector even when a report of the same model version exists
 * @param thirdParties whether voters of other organisations may be asked; absent for those that are
 *     configured
 */
public record JobOptions(boolean force, ThirdParties thirdParties) {
  public static final JobOptions DEFAULT = new JobOptions(false);

  /** Options with the voters that are configured. */
  public JobOptions(boolean force) {
    this(force, null);
  }

  /** Whether a medium may be shown to other organisations. */
  public boolean allowsThirdParties() {
    return thirdParties != ThirdParties.NONE;
  }
}
