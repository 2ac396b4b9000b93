package org.touchstone.voting;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jboss.logging.Logger;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.workflow.AnalysisEnded;
import org.touchstone.domain.workflow.FailureInput;
import org.touchstone.telemetry.AnalysisScope;

/**
 * Records a failed analysis: because its input cannot be analysed, because a stage failed, or
 * because the whole execution timed out or was stopped.
 */
@Named("record-failure")
@ApplicationScoped
public class RecordFailureHandler implements RequestHandler<FailureInput, AnalysisEnded> {
  private static final Logger LOG = Logger.getLogger(RecordFailureHandler.class);

  private final Voting voting;

  @Inject
  public RecordFailureHandler(Voting voting) {
    this.voting = voting;
  }

  @Override
  public AnalysisEnded handleRequest(FailureInput input, Context context) {
    try (AnalysisScope scope = AnalysisScope.of(input.analysisId())) {
      if (input.problem() == null) {
        LOG.errorf("analysis %s failed: %s: %s", input.analysisId(), input.error(), input.cause());
      }
      return voting.fail(input.analysisId(), problemOf(input));
    }
  }

  private static Problem problemOf(FailureInput input) {
    if (input.problem() != null) {
      return input.problem();
    }
    String error = input.error() == null ? "" : input.error();
    // Lambda names an error by the class that was thrown, some runtimes without its package.
    if (error.endsWith(EnvironmentFault.class.getSimpleName())) {
      return Problem.of(ProblemType.ENVIRONMENT_FAULT);
    }
    return switch (error) {
      case "States.Timeout", "TIMED_OUT" -> Problem.of(ProblemType.ANALYSIS_TIMEOUT);
      case "ABORTED" -> Problem.of(ProblemType.INTERNAL, "The analysis was stopped.");
      default -> Problem.of(ProblemType.INTERNAL);
    };
  }
}
