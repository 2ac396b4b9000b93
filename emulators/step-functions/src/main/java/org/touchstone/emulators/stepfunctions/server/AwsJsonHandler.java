package org.touchstone.emulators.stepfunctions.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.touchstone.emulators.access.signature.SignatureException;
import org.touchstone.emulators.access.signature.SignedRequest;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.JsonValues;

/**
 * The AWS JSON 1.0 protocol for signed requests: a header names the operation, the JSON body has
 * the members, and {@code __type} names the error.
 */
final class AwsJsonHandler implements HttpHandler {
  /** Enough for the longest definition, escaped. */
  static final int MAX_BODY = 4 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(AwsJsonHandler.class);
  private static final String TARGET = "X-Amz-Target";
  private static final String SERVICE = "AWSStepFunctions.";
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int SERVER_ERROR = 500;

  private final Operations operations;
  private final Gate gate;

  AwsJsonHandler(Operations operations, Gate gate) {
    this.operations = operations;
    this.gate = gate;
  }

  private record Answer(int status, Map<String, Object> body) {
    static Answer error(int status, String type, String message) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("__type", type);
      body.put("message", message);
      return new Answer(status, body);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] body = JsonValues.write(answer.body()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
      if (answer.status() == TOO_LARGE) {
        // The rest of the body is not read, so the connection cannot serve another request.
        exchange.getResponseHeaders().set("Connection", "close");
      }
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
      // Closing an exchange whose request was not read drops output that is not flushed.
      exchange.getResponseBody().flush();
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return Answer.error(METHOD_NOT_ALLOWED, "ValidationException", "Only POST is supported");
    }
    String target = exchange.getRequestHeaders().getFirst(TARGET);
    Function<Parameters, Map<String, Object>> operation =
        target != null && target.startsWith(SERVICE)
            ? operations.find(target.substring(SERVICE.length()))
            : null;
    if (operation == null) {
      return Answer.error(BAD_REQUEST, "UnknownOperationException", "No such operation");
    }
    // A body whose announced length is too long is rejected without reading it.
    byte[] body =
        announcedLength(exchange) > MAX_BODY
            ? null
            : exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body == null || body.length > MAX_BODY) {
      return Answer.error(
          TOO_LARGE, "ValidationException", "The request is longer than " + MAX_BODY + " bytes");
    }
    try {
      Gate.Entry entry = gate.signer(SignedRequest.of(exchange, body));
      return answer(operation, entry, target.substring(SERVICE.length()), body);
    } catch (SignatureException e) {
      return Answer.error(FORBIDDEN, e.fault().code(), e.getMessage());
    }
  }

  private static long announcedLength(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static Answer answer(
      Function<Parameters, Map<String, Object>> operation,
      Gate.Entry entry,
      String name,
      byte[] body) {
    try {
      String json = new String(body, StandardCharsets.UTF_8);
      if (JsonValues.parse(json, null) instanceof Map<?, ?> members) {
        Parameters parameters = new Parameters(members);
        entry.require(name, parameters);
        return new Answer(OK, operation.apply(parameters));
      }
      return Answer.error(
          BAD_REQUEST, "SerializationException", "The request is not a JSON object");
    } catch (InvalidJsonException e) {
      return Answer.error(BAD_REQUEST, "SerializationException", e.getMessage());
    } catch (StateMachineException e) {
      return Answer.error(BAD_REQUEST, e.code().wireName(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("A request failed", e);
      return Answer.error(SERVER_ERROR, "InternalServerError", "The engine failed");
    }
  }
}
