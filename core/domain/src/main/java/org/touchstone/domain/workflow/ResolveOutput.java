package org.touchstone.domain.workflow;

import java.util.List;
import org.touchstone.domain.Job;
import org.touchstone.domain.Problem;

/**
 * The resolver's answer. That a link cannot be resolved is an answer, not an error: only faults
 * that a retry may cure are thrown.
 *
 * @param resolved whether there are media
 * @param jobs what to detect; empty when not resolved
 * @param problem why not; absent when resolved
 */
public record ResolveOutput(String analysisId, boolean resolved, List<Job> jobs, Problem problem) {
  public ResolveOutput {
    jobs = jobs == null ? List.of() : List.copyOf(jobs);
  }
}
