package org.touchstone.intake.request;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.touchstone.domain.Problem;

/** Shows people what is wrong. Programs get problem details instead. */
@FunctionalInterface
public interface ProblemPage {
  /**
   * The page about a problem with the current request.
   *
   * @param status the HTTP status of the answer
   * @return empty when the request is not a browser's for a page
   */
  Optional<Response.ResponseBuilder> of(Problem problem, int status);
}
