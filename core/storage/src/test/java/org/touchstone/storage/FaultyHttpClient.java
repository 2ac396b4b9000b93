package org.touchstone.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A real HTTP client with simulated faults: the next requests other than HEAD fail in turn, one
 * fault each.
 */
final class FaultyHttpClient implements SdkHttpClient {
  enum Fault {
    /** The server does it and its answer never arrives. */
    ANSWER_LOST,
    /** The server says that another conditional write of the key is under way. */
    CONFLICT,
    /** The server asks for fewer requests. */
    THROTTLED,
    /** The connection ends in the middle of the answer. */
    CUT_OFF
  }

  private final SdkHttpClient client;
  private final AtomicInteger healthyFirst;
  private final Queue<Fault> faults;

  FaultyHttpClient(SdkHttpClient client, Fault... faults) {
    this(client, 0, faults);
  }

  /**
   * @param healthyFirst how many requests succeed before the faults begin
   */
  FaultyHttpClient(SdkHttpClient client, int healthyFirst, Fault... faults) {
    this.client = client;
    this.healthyFirst = new AtomicInteger(healthyFirst);
    this.faults = new ArrayDeque<>(List.of(faults));
  }

  boolean isHealthyAgain() {
    return faults.isEmpty();
  }

  /** Ends all faults. */
  void heal() {
    faults.clear();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest real = client.prepareRequest(request);
    boolean spared =
        request.httpRequest().method() == SdkHttpMethod.HEAD || healthyFirst.getAndDecrement() > 0;
    Fault fault = spared ? null : faults.poll();
    return fault == null
        ? real
        : new ExecutableHttpRequest() {
          @Override
          public HttpExecuteResponse call() throws IOException {
            return switch (fault) {
              case ANSWER_LOST -> {
                real.call();
                throw new IOException("connection reset");
              }
              case CONFLICT -> answer(409, "ConditionalRequestConflict");
              case THROTTLED -> answer(503, "SlowDown");
              case CUT_OFF -> half(real.call());
            };
          }

          @Override
          public void abort() {
            real.abort();
          }
        };
  }

  private static HttpExecuteResponse half(HttpExecuteResponse whole) throws IOException {
    try (AbortableInputStream body = whole.responseBody().orElseThrow()) {
      byte[] bytes = body.readAllBytes();
      return HttpExecuteResponse.builder()
          .response(whole.httpResponse())
          .responseBody(
              AbortableInputStream.create(new ByteArrayInputStream(bytes, 0, bytes.length / 2)))
          .build();
    }
  }

  private static HttpExecuteResponse answer(int status, String code) {
    byte[] body = "<Error><Code>%s</Code></Error>".formatted(code).getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(SdkHttpResponse.builder().statusCode(status).build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  @Override
  public void close() {
    client.close();
  }
}
