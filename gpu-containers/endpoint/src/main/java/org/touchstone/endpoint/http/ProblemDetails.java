package org.touchstone.endpoint.http;

import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;

/**
 * RFC 9457 problem details.
 *
 * @param code the last part of {@code type}, for those who switch on it
 */
record ProblemDetails(String type, String title, int status, String detail, String code) {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:touchstone:problem:";

  static ProblemDetails of(Problem problem) {
    return of(problem.type(), problem.type().httpStatus(), problem.detail());
  }

  static ProblemDetails of(ProblemType type, int status, String detail) {
    return new ProblemDetails(TYPE_PREFIX + type.code(), type.title(), status, detail, type.code());
  }

  static ProblemDetails of(EndpointProblem problem) {
    return new ProblemDetails(
        TYPE_PREFIX + problem.code(),
        problem.title(),
        problem.httpStatus(),
        problem.title(),
        problem.code());
  }
}
