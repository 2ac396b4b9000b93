package org.touchstone.domain.workflow;

import org.touchstone.domain.Problem;

/**
 * Asks that an analysis be recorded as failed.
 *
 * @param problem what is wrong, when the resolver said so
 * @param error the error's name, when a state failed
 * @param cause what Step Functions says of it; logged, never shown
 */
public record FailureInput(String analysisId, Problem problem, String error, String cause) {}
