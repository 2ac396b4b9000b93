package org.touchstone.domain.workflow;

import java.util.List;
import org.touchstone.domain.Job;
import org.touchstone.domain.Problem;

/**
 * The resolver's answer. A link that cannot be resolved is an answer, not an error; only faults
 * that a retry may fix are thrown.
 *
 * @param resolved whether media were found
 * @param jobs the detection jobs; empty when not resolved
 * @param problem why it was not resolved; absent when resolved
 */
public record ResolveOutput(String analysisId, boolean resolved, List<Job> jobs, Problem problem) {
  public ResolveOutput {
    jobs = jobs == null ? List.of() : List.copyOf(jobs);
  }
}
