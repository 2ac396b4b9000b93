package org.touchstone.endpoint.http;

import com.fasterxml.jackson.core.JacksonException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemDetails;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.worker.WorkerMetrics;

/** Turns every error into RFC 9457 problem details that reveal nothing about the host. */
public class EndpointProblemMappers {
  private static final Logger LOG = Logger.getLogger(EndpointProblemMappers.class);
  private static final String FORMS = "org.jboss.resteasy.reactive.server.core.multipart.";
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int SERVER_FAULT = 500;
  private static final String RETRY_SOON_SECONDS = "5";

  private final WorkerMetrics metrics;

  public EndpointProblemMappers(WorkerMetrics metrics) {
    this.metrics = metrics;
  }

  @ServerExceptionMapper
  public Response problem(ProblemException e) {
    if (e instanceof EnvironmentFault fault) {
      LOG.error("this machine is at fault, not the file: " + fault.kind(), e);
      metrics.environmentFault();
    }
    return response(ProblemDetails.of(e.problem()));
  }

  @ServerExceptionMapper
  public Response problem(EndpointProblemException e) {
    Response response = response(e.problem().details());
    return e.problem() == EndpointProblem.BUSY
        ? Response.fromResponse(response).header("Retry-After", RETRY_SOON_SECONDS).build()
        : response;
  }

  @ServerExceptionMapper(priority = 1)
  public Response notJson(JacksonException e) {
    return response(
        ProblemDetails.of(
            ProblemType.REQUEST_INVALID, BAD_REQUEST, "The body is not the expected JSON."));
  }

  @ServerExceptionMapper
  public Response http(WebApplicationException e) {
    int status =
        e.getCause() instanceof JacksonException ? BAD_REQUEST : e.getResponse().getStatus();
    if (status == TOO_LARGE) {
      return response(ProblemDetails.of(Problem.of(ProblemType.REQUEST_TOO_LARGE)));
    }
    ProblemType type = status < SERVER_FAULT ? ProblemType.REQUEST_INVALID : ProblemType.INTERNAL;
    Response.Status known = Response.Status.fromStatusCode(status);
    String detail = known == null ? type.title() : known.getReasonPhrase() + ".";
    return response(ProblemDetails.of(type, status, detail));
  }

  /**
   * A body that turned out to be too large while it was read; the server has already answered 413.
   */
  @ServerExceptionMapper
  public Response cutOff(IOException e, RoutingContext context) {
    return context.response().headWritten()
        ? Response.status(context.response().getStatusCode()).build()
        : unexpected(e);
  }

  /** Whether the reader of forms itself complains; it has no exception of its own. */
  private static boolean isOfDamagedForm(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      StackTraceElement[] trace = at.getStackTrace();
      if (trace.length > 0 && trace[0].getClassName().startsWith(FORMS)) {
        return true;
      }
    }
    return false;
  }

  @ServerExceptionMapper
  public Response unexpected(Exception e) {
    return ofThrown(e);
  }

  @ServerExceptionMapper
  public Response unexpected(Error e) {
    return ofThrown(e);
  }

  private Response ofThrown(Throwable e) {
    Optional<EnvironmentFault> fault = EnvironmentFault.behind(e);
    if (fault.isPresent()) {
      return problem(fault.get());
    }
    if (isOfDamagedForm(e)) {
      return response(
          ProblemDetails.of(
              ProblemType.REQUEST_INVALID, BAD_REQUEST, "The form is damaged or incomplete."));
    }
    LOG.error("a request failed unexpectedly", e);
    return response(ProblemDetails.of(Problem.of(ProblemType.INTERNAL)));
  }

  private static Response response(ProblemDetails details) {
    return Response.status(details.status())
        .type(ProblemDetails.MEDIA_TYPE)
        .entity(details)
        .build();
  }
}
