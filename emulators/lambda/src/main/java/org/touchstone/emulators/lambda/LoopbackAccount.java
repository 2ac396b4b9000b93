package org.touchstone.emulators.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.touchstone.domain.Json;
import org.touchstone.domain.account.Scope;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.ObjectStore;
import software.amazon.awssdk.services.s3.S3Client;

/** A function's AWS account on loopback: a bucket, and Step Functions. */
public final class LoopbackAccount implements AutoCloseable {
  private static final String BUCKET = "touchstone";

  private final EmbeddedS3 server;
  private final S3Client s3;
  private final ObjectStore objects;
  private final HttpServer stepFunctions;
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /**
   * A call to Step Functions.
   *
   * @param action such as {@code StartExecution}
   * @param traceHeader the X-Ray header of the call, or null
   */
  public record Call(String action, JsonNode input, String traceHeader) {}

  /** An account whose bucket is in memory. */
  public LoopbackAccount() {
    this(EmbeddedS3.inMemory());
  }

  /**
   * An account with a bucket on a server.
   *
   * @param server closed with the account
   */
  public LoopbackAccount(EmbeddedS3 server) {
    this.server = server;
    server.createBucket(BUCKET);
    s3 = server.client();
    objects = new ObjectStore(s3, BUCKET);
    try {
      stepFunctions =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stepFunctions.createContext("/", this::answer);
    stepFunctions.start();
  }

  public ObjectStore objects() {
    return objects;
  }

  public AnalysisStore analyses() {
    return new AnalysisStore(objects);
  }

  /** The text of a new API key, with which analyses may be asked for. */
  public String newApiKey() {
    return new KeyStore(objects, new SecureRandom())
        .create("local", "caller", Set.of(Scope.ANALYSE), Instant.now(), null)
        .text()
        .reveal();
  }

  /** Calls to Step Functions so far. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The variables of a function that is deployed to this account. */
  public Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("AWS_REGION", EmbeddedS3.REGION.id());
    environment.put("AWS_ACCESS_KEY_ID", server.credentials().accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", server.credentials().secretAccessKey());
    environment.put("AWS_ENDPOINT_URL_S3", server.endpoint().toString());
    environment.put("QUARKUS_S3_PATH_STYLE_ACCESS", "true");
    environment.put(
        "TOUCHSTONE_SFN_ENDPOINT", "http://127.0.0.1:" + stepFunctions.getAddress().getPort());
    environment.put("TOUCHSTONE_BUCKET", BUCKET);
    environment.put("TOUCHSTONE_METRICS_NAMESPACE", "Touchstone");
    return environment;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      calls.add(
          new Call(
              target.substring(target.indexOf('.') + 1),
              Json.mapper().readTree(exchange.getRequestBody()),
              exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id")));
      byte[] body = "{\"executionArn\":\"arn\",\"startDate\":1}".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    s3.close();
    server.close();
    stepFunctions.stop(0);
  }
}
