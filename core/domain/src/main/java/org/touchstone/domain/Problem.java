package org.touchstone.domain;

import java.util.Objects;

/**
 * One error as data: it is stored with a failed analysis and served as RFC 9457 problem details.
 *
 * @param type what is wrong
 * @param detail a sentence about this particular case; never holds paths, secrets or internals
 * @param retryAfterSeconds seconds after which a retry makes sense; absent when it does not
 */
public record Problem(ProblemType type, String detail, Integer retryAfterSeconds) {
  public Problem {
    Objects.requireNonNull(type, "type");
    detail = detail == null ? type.title() : detail;
  }

  public static Problem of(ProblemType type) {
    return new Problem(type, type.title(), null);
  }

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, null);
  }
}
