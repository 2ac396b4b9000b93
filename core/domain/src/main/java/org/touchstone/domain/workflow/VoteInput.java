package org.touchstone.domain.workflow;

import java.util.List;

/** A request for the vote on an analysis whose jobs have all ended. */
public record VoteInput(String analysisId, List<JobOutcome> jobs) {
  public VoteInput {
    jobs = jobs == null ? List.of() : List.copyOf(jobs);
  }
}
