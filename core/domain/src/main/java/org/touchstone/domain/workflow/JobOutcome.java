package org.touchstone.domain.workflow;

/**
 * How one job ended, as the state machine knows it; the reports themselves are in S3.
 *
 * @param error the error's name when the job did not give reports, such as {@code States.Timeout}
 */
public record JobOutcome(String mediaId, String endpoint, String error) {}
