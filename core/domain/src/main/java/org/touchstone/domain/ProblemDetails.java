package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An error as it is served: RFC 9457 problem details.
 *
 * @param type a stable URN
 * @param code the last part of {@code type}, for clients that switch on it
 */
public record ProblemDetails(
    @JsonProperty("type") String type, String title, int status, String detail, String code) {
  /** RFC 9457, section 3. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:touchstone:problem:";

  public static ProblemDetails of(Problem problem) {
    return of(problem.type(), problem.type().httpStatus(), problem.detail());
  }

  /** A problem type served with a status other than its own. */
  public static ProblemDetails of(ProblemType type, int status, String detail) {
    return of(type.code(), type.title(), status, detail == null ? type.title() : detail);
  }

  /** A problem specific to one interface. */
  public static ProblemDetails of(String code, String title, int status, String detail) {
    return new ProblemDetails(TYPE_PREFIX + code, title, status, detail, code);
  }
}
