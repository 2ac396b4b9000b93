package org.touchstone.emulators.aws;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.access.signature.SignatureVerifier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** An SQS server whose queues live in memory. It checks signatures. */
public final class EmbeddedSqs implements AutoCloseable {
  /** The server's region. */
  public static final Region REGION = Region.US_EAST_1;

  /** The account in the URLs and ARNs of its queues. */
  public static final String ACCOUNT = "000000000000";

  private final AccessKeys keys;
  private final ElasticMq queues;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private EmbeddedSqs(AccessKeys keys, ElasticMq queues, HttpServer http) {
    this.keys = keys;
    this.queues = queues;
    this.http = http;
    SignatureVerifier signatures =
        new SignatureVerifier(keys, REGION.id(), "sqs", InstantSource.system());
    http.setExecutor(threads);
    http.createContext("/", new SqsHandler(keys, signatures, queues));
    http.start();
  }

  /**
   * A queue and its dead-letter queue, for messages that were received too often.
   *
   * @param url the queue
   * @param deadLetterUrl the dead-letter queue
   */
  public record QueuePair(String url, String deadLetterUrl) {}

  /**
   * Starts a server that accepts a new key.
   *
   * @param port the port on the loopback interface, 0 for any free port; queue URLs contain it
   */
  public static EmbeddedSqs start(int port) {
    return start(port, AccessKeys.random());
  }

  /**
   * Starts a server.
   *
   * @param port the port on the loopback interface, 0 for any free port; queue URLs contain it
   * @param keys the keys that it accepts
   * @throws UncheckedIOException when the port is in use
   */
  public static EmbeddedSqs start(int port, AccessKeys keys) {
    HttpServer http;
    try {
      http = HttpServer.create(new InetSocketAddress(Loopback.ADDRESS, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on the port", e);
    }
    try {
      ElasticMq queues = ElasticMq.start(REGION.id(), http.getAddress().getPort());
      return new EmbeddedSqs(keys, queues, http);
    } catch (RuntimeException e) {
      http.stop(0);
      throw e;
    }
  }

  public URI endpoint() {
    return Loopback.uri(http.getAddress().getPort());
  }

  /** The credentials of the owner. */
  public AwsBasicCredentials credentials() {
    return Loopback.credentials(keys.owner());
  }

  /**
   * Creates a queue together with its dead-letter queue, {@code {name}-dead}.
   *
   * @param visibility how long a received message is hidden from others
   * @param maxReceives how often a message is delivered before it moves to the dead-letter queue
   */
  public QueuePair createQueue(String name, Duration visibility, int maxReceives) {
    try (SqsClient sqs = client()) {
      String deadLetterUrl = sqs.createQueue(queue -> queue.queueName(name + "-dead")).queueUrl();
      String deadLetterArn =
          sqs.getQueueAttributes(
                  queue ->
                      queue.queueUrl(deadLetterUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      String redrive =
          "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
              .formatted(deadLetterArn, maxReceives);
      String url =
          sqs.createQueue(
                  queue ->
                      queue
                          .queueName(name)
                          .attributes(
                              Map.of(
                                  QueueAttributeName.VISIBILITY_TIMEOUT,
                                  Long.toString(visibility.toSeconds()),
                                  QueueAttributeName.REDRIVE_POLICY,
                                  redrive)))
              .queueUrl();
      return new QueuePair(url, deadLetterUrl);
    }
  }

  /** A new client of this server for the owner; the caller closes it. */
  public SqsClient client() {
    return client(keys.owner());
  }

  /** A new client of this server for the holder of a key; the caller closes it. */
  public SqsClient client(AccessKey key) {
    return SqsClient.builder()
        .endpointOverride(endpoint())
        .region(REGION)
        .credentialsProvider(StaticCredentialsProvider.create(Loopback.credentials(key)))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** Stops the server and cuts off requests that are not answered yet. */
  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    queues.close();
  }
}
