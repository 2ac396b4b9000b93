package org.touchstone.emulators.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.access.Caller;
import org.touchstone.emulators.access.policy.Access;
import org.touchstone.emulators.access.signature.SignatureException;
import org.touchstone.emulators.access.signature.SignatureVerifier;
import org.touchstone.emulators.access.signature.SignedRequest;

/** Passes requests on to ElasticMQ that are signed, and allowed to whoever signed them. */
final class SqsHandler implements HttpHandler {
  /** Enough for the largest batch of messages, 1 MiB, with every character escaped. */
  static final int MAX_BODY = 8 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(SqsHandler.class);
  private static final String JSON = "application/x-amz-json-1.0";
  private static final int FORBIDDEN = 403;
  private static final int TOO_LARGE = 413;
  private static final int SERVER_ERROR = 500;

  private final AccessKeys keys;
  private final SignatureVerifier signatures;
  private final ElasticMq queues;

  SqsHandler(AccessKeys keys, SignatureVerifier signatures, ElasticMq queues) {
    this.keys = keys;
    this.signatures = signatures;
    this.queues = queues;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ElasticMq.Answer answer = answer(exchange);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
      if (answer.status() == TOO_LARGE) {
        // The rest of the body is not read, so the connection cannot serve another request.
        exchange.getResponseHeaders().set("Connection", "close");
      }
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
      exchange.getResponseBody().flush();
    }
  }

  private ElasticMq.Answer answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      return error(TOO_LARGE, "InvalidRequest", "The request is longer than " + MAX_BODY);
    }
    SignedRequest request = SignedRequest.of(exchange, body);
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    try {
      Caller caller = signatures.verify(request);
      if (!caller.isOwner()) {
        Optional<Access> access =
            isJsonCall(exchange, request) ? SqsAccess.of(target, body) : Optional.empty();
        if (access.isEmpty() || !keys.allows(caller, access.get())) {
          return error(
              FORBIDDEN,
              "AccessDeniedException",
              "Role "
                  + caller.role()
                  + " is not authorized to perform: "
                  + access.map(Access::toString).orElse("a request that is not understood"));
        }
      }
      return queues.serve(request, target, exchange.getRequestHeaders().getFirst("Content-Type"));
    } catch (SignatureException e) {
      return error(FORBIDDEN, e.fault().code(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error(SERVER_ERROR, "InternalError", "The server stops");
    } catch (RuntimeException e) {
      LOG.error("A request failed", e);
      return error(SERVER_ERROR, "InternalError", "The server failed");
    }
  }

  /**
   * Whether ElasticMQ does what the target and the body say; else it may read a form or a query.
   */
  private static boolean isJsonCall(HttpExchange exchange, SignedRequest request) {
    return request.method().equals("POST")
        && request.path().equals("/")
        && request.query().isEmpty()
        && List.of(JSON).equals(exchange.getRequestHeaders().get("Content-Type"));
  }

  private static ElasticMq.Answer error(int status, String type, String message) {
    String json =
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", type)
            .put("message", message)
            .toString();
    return new ElasticMq.Answer(status, JSON, json.getBytes(StandardCharsets.UTF_8));
  }
}
