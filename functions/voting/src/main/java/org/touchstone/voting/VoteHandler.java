package org.touchstone.voting;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.touchstone.domain.workflow.AnalysisEnded;
import org.touchstone.domain.workflow.VoteInput;
import org.touchstone.telemetry.AnalysisScope;

/** Handles the workflow's vote. */
@Named("vote")
@ApplicationScoped
public class VoteHandler implements RequestHandler<VoteInput, AnalysisEnded> {
  private final Voting voting;

  @Inject
  public VoteHandler(Voting voting) {
    this.voting = voting;
  }

  @Override
  public AnalysisEnded handleRequest(VoteInput input, Context context) {
    try (AnalysisScope scope = AnalysisScope.of(input.analysisId())) {
      return voting.vote(input.analysisId(), input.jobs());
    }
  }
}
