package org.touchstone.intake.request;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/** The key by which a caller says that a request is the same as before. */
public final class IdempotencyKey {
  private IdempotencyKey() {}

  /**
   * The key of a request.
   *
   * @return null when the header is absent, but not when it is empty
   * @throws ProblemException when there are several
   */
  public static String of(HttpHeaders headers) {
    List<String> keys = headers.getRequestHeader("Idempotency-Key");
    if (keys == null || keys.isEmpty()) {
      return null;
    }
    if (keys.size() > 1) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "A request has at most one idempotency key.");
    }
    return keys.getFirst();
  }
}
