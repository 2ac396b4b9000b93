package org.touchstone.mentions.analysis;

import java.util.Optional;

/** A service that did not do what it was asked for. */
public final class AnalysisException extends Exception {
  private static final long serialVersionUID = 1;

  private final String problem;

  private AnalysisException(String message, String problem) {
    super(message);
    this.problem = problem;
  }

  /** It may work later. */
  public static AnalysisException passing(String message) {
    return new AnalysisException(message, null);
  }

  /**
   * It will not work later.
   *
   * @param problem the problem's code, such as {@code link.unsupported}
   */
  public static AnalysisException lasting(String message, String problem) {
    return new AnalysisException(message, problem);
  }

  /** The problem's code; empty when another attempt may succeed. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }
}
