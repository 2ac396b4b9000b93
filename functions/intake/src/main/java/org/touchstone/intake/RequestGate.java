package org.touchstone.intake;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemDetails;
import org.touchstone.domain.ProblemType;
import org.touchstone.intake.batch.BatchesResource;

/**
 * Looks at each request before the framework does, which would answer some faults without a body,
 * and would keep a thread for each body that arrives slowly. Bodies are read here without a thread,
 * within a limit of bytes and time.
 */
@ApplicationScoped
public class RequestGate {
  /** Priority among the filters: the last before the framework. */
  static final int PRIORITY = 1_000;

  /** Of all requests but batches. */
  private static final Limits LIMITS =
      new Limits(Set.of(MediaType.APPLICATION_JSON), 64 * 1024, 10_000);

  /** Of the forms of pages. */
  private static final Limits FORM_LIMITS =
      new Limits(Set.of(MediaType.APPLICATION_FORM_URLENCODED), 64 * 1024, 10_000);

  private static final Limits BATCH_LIMITS =
      new Limits(
          Set.of(MediaType.APPLICATION_JSON, BatchesResource.CSV),
          BatchesResource.MAX_BODY,
          30_000);

  private static final int MAX_ADDRESS = 4096;
  private static final long LINGER_MILLIS = 2_000;
  private static final int ESCAPE_CHARS = 3;
  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private static final int BAD_REQUEST = 400;
  private static final int TIMEOUT = 408;
  private static final int TOO_LARGE = 413;
  private static final int ADDRESS_TOO_LONG = 414;
  private static final int UNSUPPORTED_TYPE = 415;

  /**
   * What the body of a request may be.
   *
   * @param types its media types
   * @param bytes its size
   * @param millis the time in which it must arrive
   */
  record Limits(Set<String> types, int bytes, long millis) {
    private static Limits of(HttpServerRequest request) {
      if (request.method() == HttpMethod.POST && request.path().equals(BatchesResource.PATH)) {
        return BATCH_LIMITS;
      }
      boolean isApi = request.path().startsWith("/v1/") || request.path().startsWith("/api/");
      return isApi ? LIMITS : FORM_LIMITS;
    }

    private boolean accept(String contentType) {
      return contentType != null
          && types.contains(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    private String typesForPeople() {
      return types.stream().sorted().collect(Collectors.joining(" or "));
    }
  }

  void install(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  /** Requests that the router itself refuses, such as those without a host, reach no filter. */
  void install(@Observes Router router) {
    router
        .route()
        .order(Integer.MIN_VALUE)
        .failureHandler(
            exchange -> {
              if (exchange.statusCode() == BAD_REQUEST) {
                refuseAddress(exchange);
              } else {
                exchange.next();
              }
            });
  }

  private static void refuseAddress(RoutingContext exchange) {
    refuse(
        exchange,
        ProblemType.REQUEST_INVALID,
        BAD_REQUEST,
        "The address or its host cannot be understood.");
  }

  private void check(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    Limits limits = Limits.of(request);
    if (request.uri().length() > MAX_ADDRESS) {
      refuse(exchange, ProblemType.REQUEST_INVALID, ADDRESS_TOO_LONG, "The address is too long.");
    } else if (!hasWholeEscapes(request.uri())) {
      refuseAddress(exchange);
    } else if (!WITH_BODY.contains(request.method())) {
      exchange.next();
    } else if (!limits.accept(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      refuse(
          exchange,
          ProblemType.REQUEST_INVALID,
          UNSUPPORTED_TYPE,
          "The Content-Type must be " + limits.typesForPeople() + ".");
    } else if (announcedBytes(request) > limits.bytes()) {
      refuse(exchange, ProblemType.REQUEST_TOO_LARGE, TOO_LARGE, null);
    } else if (request.version() == HttpVersion.HTTP_2) {
      // The framework cannot take over a request of HTTP/2 whose body has been read.
      exchange.next();
    } else {
      readBody(exchange, limits);
    }
  }

  private static boolean hasWholeEscapes(String address) {
    for (int at = address.indexOf('%'); at >= 0; at = address.indexOf('%', at + 1)) {
      if (at + ESCAPE_CHARS > address.length()
          || Character.digit(address.charAt(at + 1), 16) < 0
          || Character.digit(address.charAt(at + 2), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static long announcedBytes(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  static void readBody(RoutingContext exchange) {
    readBody(exchange, LIMITS);
  }

  private static void readBody(RoutingContext exchange, Limits limits) {
    HttpServerRequest request = exchange.request();
    Buffer body = Buffer.buffer();
    long limit =
        exchange
            .vertx()
            .setTimer(
                limits.millis(),
                timer ->
                    refuse(
                        exchange,
                        ProblemType.REQUEST_INVALID,
                        TIMEOUT,
                        "The body did not arrive in time."));
    Handler<Throwable> broken = e -> exchange.vertx().cancelTimer(limit);
    request.exceptionHandler(broken);
    request.handler(
        part -> {
          if (body.length() + part.length() > limits.bytes()) {
            exchange.vertx().cancelTimer(limit);
            refuse(exchange, ProblemType.REQUEST_TOO_LARGE, TOO_LARGE, null);
          } else {
            body.appendBuffer(part);
          }
        });
    request.endHandler(
        end -> {
          exchange.vertx().cancelTimer(limit);
          if (exchange.response().ended()) {
            // It has been refused; what was read of it is not the request.
            return;
          }
          ((RoutingContextInternal) exchange).setBody(body);
          exchange.next();
        });
    request.resume();
  }

  /**
   * Answers with problem details. What the client still sends is read for a moment, because a
   * connection that is closed while it sends may lose the answer.
   *
   * @param detail null for the type's own sentence
   */
  public static void refuse(RoutingContext exchange, ProblemType type, int status, String detail) {
    HttpServerRequest request = exchange.request();
    if (exchange.response().ended()) {
      return;
    }
    if (!request.isEnded() && exchange.response().streamId() >= 0) {
      // One stream of a connection that others use, also when the request was the one that asked
      // for HTTP/2; what arrives for it is dropped.
      request.handler(part -> {});
      request.endHandler(null);
      request.resume();
    } else if (!request.isEnded()) {
      exchange.response().putHeader("Connection", "close");
      long limit = exchange.vertx().setTimer(LINGER_MILLIS, timer -> request.connection().close());
      request.exceptionHandler(e -> exchange.vertx().cancelTimer(limit));
      request.handler(part -> {});
      request.endHandler(
          end -> {
            exchange.vertx().cancelTimer(limit);
            request.connection().close();
          });
      request.resume();
    }
    exchange
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE)
        .end(Buffer.buffer(Json.bytes(ProblemDetails.of(type, status, detail))));
  }
}
