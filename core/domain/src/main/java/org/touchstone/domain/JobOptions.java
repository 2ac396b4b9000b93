package org.touchstone.domain;

/**
 * How a job is to be done.
 *
 * @param force run every detector even when a report of the same model version exists
 */
public record JobOptions(boolean force) {
  public static final JobOptions DEFAULT = new JobOptions(false);
}
