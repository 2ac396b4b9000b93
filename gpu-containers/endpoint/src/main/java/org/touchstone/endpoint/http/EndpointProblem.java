package org.touchstone.endpoint.http;

import org.touchstone.domain.ProblemDetails;

/** The problems that only an endpoint has, in addition to the shared ones of the domain. */
enum EndpointProblem {
  SOURCE_FORBIDDEN("source.forbidden", 403, "This endpoint may not read from there."),
  DETECTOR_NOT_FOUND("detector.not-found", 404, "There is no such detector."),
  BUSY("endpoint.busy", 503, "The endpoint is busy; try again soon.");

  private final String code;
  private final int httpStatus;
  private final String title;

  EndpointProblem(String code, int httpStatus, String title) {
    this.code = code;
    this.httpStatus = httpStatus;
    this.title = title;
  }

  /** The problem details that are served. */
  ProblemDetails details() {
    return ProblemDetails.of(code, title, httpStatus, title);
  }

  /** An exception that carries this problem. */
  EndpointProblemException exception() {
    return new EndpointProblemException(this);
  }
}
