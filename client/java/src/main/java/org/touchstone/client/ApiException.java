package org.touchstone.client;

import java.time.Duration;
import java.util.Optional;
import org.touchstone.client.model.ProblemDetails;

/** An error that the API answered. */
public final class ApiException extends TouchstoneException {
  /** RFC 9457's type of an error that is only its status, such as that of a proxy. */
  static final String NO_TYPE = "about:blank";

  private static final long serialVersionUID = 1;

  private final int status;
  private final transient ProblemDetails problem;
  private final Duration retryAfter;

  ApiException(int status, ProblemDetails problem, Duration retryAfter) {
    super(message(status, problem), null);
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  private static String message(int status, ProblemDetails problem) {
    StringBuilder message = new StringBuilder("HTTP ").append(status);
    if (problem.code() != null) {
      message.append(' ').append(problem.code());
    }
    if (problem.detail() != null) {
      message.append(": ").append(problem.detail());
    }
    return message.toString();
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The problem's stable URN; {@code about:blank} when the answer names none. */
  public String type() {
    return problem == null || problem.type() == null ? NO_TYPE : problem.type();
  }

  /** The last part of the type, to switch on; empty when the answer names none. */
  public String code() {
    return problem == null || problem.code() == null ? "" : problem.code();
  }

  /** The answer's problem details; components are null where it gave none. */
  public ProblemDetails problem() {
    return problem;
  }

  /** How long the API wants callers to wait before they try again. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
