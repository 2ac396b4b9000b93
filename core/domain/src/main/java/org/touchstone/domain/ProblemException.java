package org.touchstone.domain;

/** Carries a {@link Problem} to the code that reports it. The message may be shown to anyone. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    this(problem, null);
  }

  public ProblemException(Problem problem, Throwable cause) {
    super(problem.type().code() + ": " + problem.detail(), cause);
    this.problem = problem;
  }

  public ProblemException(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  public ProblemException(ProblemType type) {
    this(Problem.of(type));
  }

  public Problem problem() {
    return problem;
  }
}
