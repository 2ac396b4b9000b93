package org.touchstone.emulators.aws;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** An SQS server whose queues live in memory. It accepts any credentials. */
public final class EmbeddedSqs implements AutoCloseable {
  /** The server's region. */
  public static final Region REGION = Region.US_EAST_1;

  private final SQSRestServer server;
  private final URI endpoint;

  private EmbeddedSqs(SQSRestServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /**
   * A queue and its dead-letter queue, for messages that were received too often.
   *
   * @param url the queue
   * @param deadLetterUrl the dead-letter queue
   */
  public record QueuePair(String url, String deadLetterUrl) {}

  /**
   * Starts a server.
   *
   * @param port the port on the loopback interface, 0 for any free port; queue URLs contain it
   */
  public static EmbeddedSqs start(int port) {
    TheSQSRestServerBuilder builder =
        SQSRestServerBuilder.withInterface(Loopback.ADDRESS).withAWSRegion(REGION.id());
    SQSRestServer server =
        (port == 0 ? builder.withDynamicPort() : withPort(builder, port)).start();
    InetSocketAddress address = server.waitUntilStarted().localAddress();
    return new EmbeddedSqs(server, Loopback.uri(address.getPort()));
  }

  private static TheSQSRestServerBuilder withPort(TheSQSRestServerBuilder builder, int port) {
    return builder
        .withPort(port)
        .withServerAddress(new NodeAddress("http", Loopback.ADDRESS, port, ""));
  }

  public URI endpoint() {
    return endpoint;
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

  /** A new client of this server; the caller closes it. */
  public SqsClient client() {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("touchstone", "any")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @Override
  public void close() {
    server.stopAndWait();
  }
}
