package org.touchstone.local.cli;

import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;

/**
 * The process' exit codes. With several inputs, the process exits with the highest of their codes.
 */
final class ExitCode {
  static final int ANALYSED = 0;
  static final int ANALYSIS_FAILED = 1;
  static final int USAGE = 2;
  static final int NOT_RESOLVABLE = 3;
  static final int ENVIRONMENT = 4;

  /** Done, but not all of it: a model was left out, or a newer one is there. */
  static final int NOT_COMPLETE = 5;

  private ExitCode() {}

  static int of(AnalysisStatus status, Problem error) {
    if (status == AnalysisStatus.COMPLETE) {
      return ANALYSED;
    }
    if (error != null && error.type() == ProblemType.ENVIRONMENT_FAULT) {
      return ENVIRONMENT;
    }
    return error != null && error.type().isInputsFault() ? NOT_RESOLVABLE : ANALYSIS_FAILED;
  }
}
