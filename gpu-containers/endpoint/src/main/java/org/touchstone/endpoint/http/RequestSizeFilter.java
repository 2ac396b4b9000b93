package org.touchstone.endpoint.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemDetails;
import org.touchstone.domain.ProblemType;
import org.touchstone.endpoint.container.EndpointConfig;

/**
 * Rejects requests that announce too large a body, with a problem. The server's own limit would
 * answer with the status alone, as it does for bodies of unknown length while they are read.
 */
@ApplicationScoped
public class RequestSizeFilter {
  /** The order of this filter, before the server's own limit. */
  private static final int PRIORITY = 100;

  private final long maxBytes;

  public RequestSizeFilter(EndpointConfig config) {
    this.maxBytes = config.maxBytes().asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    if (announcedLength(context) <= maxBytes) {
      context.next();
      return;
    }
    ProblemDetails details = ProblemDetails.of(Problem.of(ProblemType.REQUEST_TOO_LARGE));
    HttpServerResponse response =
        context
            .response()
            .setStatusCode(details.status())
            .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE);
    if (context.request().version() != HttpVersion.HTTP_2) {
      // The rest of the body is not read, so the connection cannot serve another request.
      response.putHeader(HttpHeaders.CONNECTION, "close");
    }
    response.end(Buffer.buffer(Json.bytes(details)));
  }

  private static long announcedLength(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
