package org.touchstone.emulators.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.touchstone.domain.Json;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.access.Caller;
import org.touchstone.emulators.access.policy.Access;
import org.touchstone.emulators.access.signature.SignatureException;
import org.touchstone.emulators.access.signature.SignatureVerifier;
import org.touchstone.emulators.access.signature.SignedRequest;

/** {@code GetSecretValue} of Secrets Manager, for whoever may call it. */
final class LoopbackSecrets implements AutoCloseable {
  private static final int MAX_BODY = 64 * 1024;
  private static final String GET = "secretsmanager.GetSecretValue";

  private final AccessKeys keys;
  private final SignatureVerifier signatures;
  private final Map<String, String> secrets;
  private final HttpServer server;

  /**
   * @param secrets values by names
   */
  LoopbackSecrets(AccessKeys keys, Map<String, String> secrets) {
    this.keys = keys;
    this.signatures =
        new SignatureVerifier(keys, "us-east-1", "secretsmanager", InstantSource.system());
    this.secrets = Map.copyOf(secrets);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
      try {
        Caller caller = signatures.verify(SignedRequest.of(exchange, body));
        serve(exchange, caller, Json.mapper().readTree(body));
      } catch (SignatureException e) {
        fail(exchange, e.fault().code());
      }
    }
  }

  /** A secret that is asked for by its name has an ARN without the random end. */
  private void serve(HttpExchange exchange, Caller caller, JsonNode request) throws IOException {
    String name = request.path("SecretId").asText();
    Access access =
        Access.of(
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:us-east-1:000000000000:secret:" + name);
    if (!GET.equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
      fail(exchange, "InvalidRequestException");
    } else if (!keys.allows(caller, access)) {
      fail(exchange, "AccessDeniedException");
    } else if (!secrets.containsKey(name)) {
      fail(exchange, "ResourceNotFoundException");
    } else {
      send(exchange, 200, Map.of("Name", name, "SecretString", secrets.get(name)));
    }
  }

  private static void fail(HttpExchange exchange, String error) throws IOException {
    send(exchange, 400, Map.of("__type", error, "message", error));
  }

  private static void send(HttpExchange exchange, int status, Map<String, String> members)
      throws IOException {
    byte[] body = Json.string(members).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
