package org.touchstone.endpoint.http;

/** An exception that carries a problem to the response. */
final class EndpointProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final EndpointProblem problem;

  EndpointProblemException(EndpointProblem problem) {
    super(problem.details().code());
    this.problem = problem;
  }

  EndpointProblem problem() {
    return problem;
  }
}
