package org.touchstone.domain.workflow;

import org.touchstone.domain.Problem;

/**
 * A request to record an analysis as failed.
 *
 * @param problem the problem, when the resolver reported one
 * @param error the error's name, when a state failed
 * @param cause Step Functions' description of it; logged, never shown
 */
public record FailureInput(String analysisId, Problem problem, String error, String cause) {}
