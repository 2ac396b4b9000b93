package org.touchstone.intake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemDetails;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.intake.request.ProblemPage;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;

/** Maps every error to RFC 9457 problem details without internal details. */
public class ApiProblemMappers {
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final Logger LOG = Logger.getLogger(ApiProblemMappers.class);

  private final Metrics metrics;
  private final ProblemPage pages;

  public ApiProblemMappers(Metrics metrics, ProblemPage pages) {
    this.metrics = metrics;
    this.pages = pages;
  }

  @ServerExceptionMapper
  public Response problem(ProblemException e) {
    Problem problem = e.problem();
    if (problem.type().httpStatus() == TOO_MANY) {
      metrics.count(Metric.REFUSED_REQUESTS);
    }
    Response.ResponseBuilder response =
        response(problem.type(), problem.type().httpStatus(), problem.detail());
    if (problem.retryAfterSeconds() != null) {
      response.header("Retry-After", problem.retryAfterSeconds());
    }
    if (problem.type().httpStatus() == UNAUTHORIZED) {
      response.header("WWW-Authenticate", "Bearer realm=\"touchstone\"");
    }
    return response.build();
  }

  /**
   * Maps a body that is not valid JSON. Jackson's own subclass is listed because the framework also
   * has a mapper for it.
   */
  @ServerExceptionMapper({JacksonException.class, MismatchedInputException.class})
  public Response notJson(Exception e) {
    return response(ProblemType.REQUEST_INVALID, 400, "The body is not the JSON expected here.")
        .build();
  }

  @ServerExceptionMapper
  public Response http(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (e.getCause() instanceof JacksonException) {
      status = 400;
    }
    ProblemType type = status < 500 ? ProblemType.REQUEST_INVALID : ProblemType.INTERNAL;
    String reason = Response.Status.fromStatusCode(status) == null ? null : phrase(status);
    return response(type, status, reason).build();
  }

  @ServerExceptionMapper
  public Response unexpected(RuntimeException e) {
    LOG.error("unexpected", e);
    return response(ProblemType.INTERNAL, 500, null).build();
  }

  private static String phrase(int status) {
    return Response.Status.fromStatusCode(status).getReasonPhrase() + ".";
  }

  private Response.ResponseBuilder response(ProblemType type, int status, String detail) {
    return pages
        .of(Problem.of(type, detail), status)
        .orElseGet(
            () ->
                Response.status(status)
                    .type(ProblemDetails.MEDIA_TYPE)
                    .entity(ProblemDetails.of(type, status, detail)));
  }
}
