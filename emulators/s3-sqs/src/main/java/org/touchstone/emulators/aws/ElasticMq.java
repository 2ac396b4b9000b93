package org.touchstone.emulators.aws;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.touchstone.emulators.access.signature.SignedRequest;

/** ElasticMQ behind a loopback port of its own, which only this class is told. */
final class ElasticMq implements AutoCloseable {
  /** Longer than the longest wait for a message, 20 s. */
  private static final long PATIENCE_SECONDS = 60;

  private final ActorSystem system;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ElasticMq(ActorSystem system, int port) {
    this.system = system;
    this.port = port;
  }

  /**
   * An answer.
   *
   * @param contentType the value of the header
   */
  record Answer(int status, String contentType, byte[] body) {}

  /**
   * Starts without queues.
   *
   * @param port the port in the URLs of its queues
   */
  static ElasticMq start(String region, int port) {
    ActorSystem system = ActorSystem.create("elasticmq");
    int own = freePort();
    SQSRestServerBuilder.withActorSystem(system)
        .withInterface(Loopback.ADDRESS)
        .withPort(own)
        .withServerAddress(new NodeAddress("http", Loopback.ADDRESS, port, ""))
        .withAWSRegion(region)
        .start()
        .waitUntilStarted();
    return new ElasticMq(system, own);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(Loopback.ADDRESS, 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no port is free for ElasticMQ", e);
    }
  }

  /**
   * Serves a request.
   *
   * @param target the value of {@code X-Amz-Target}; null when it is absent
   * @param contentType the value of {@code Content-Type}; null when it is absent
   */
  Answer serve(SignedRequest request, String target, String contentType)
      throws InterruptedException {
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    HttpRequest.Builder copy =
        HttpRequest.newBuilder(
                URI.create("http://" + Loopback.ADDRESS + ":" + port + request.path() + query))
            .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .method(
                request.method().equals("GET") ? "GET" : "POST",
                HttpRequest.BodyPublishers.ofByteArray(request.body()));
    if (target != null) {
      copy.header("X-Amz-Target", target);
    }
    if (contentType != null) {
      copy.header("Content-Type", contentType);
    }
    try {
      HttpResponse<byte[]> answer =
          http.send(copy.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse("application/octet-stream"),
          answer.body());
    } catch (IOException e) {
      throw new IllegalStateException("ElasticMQ does not answer", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("ElasticMQ does not stop", e);
    }
  }
}
