package org.touchstone.worker.support;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.touchstone.domain.Job;
import org.touchstone.domain.Json;
import org.touchstone.emulators.aws.EmbeddedSqs;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue with its dead-letter queue, as a sender and an observer see it. */
public final class Queue implements AutoCloseable {
  /** The number of receives after which a message becomes a dead letter. */
  public static final int MAX_RECEIVES = 3;

  private final SqsClient sqs;
  private final EmbeddedSqs.QueuePair pair;

  public Queue(Servers servers, Duration visibility) {
    this.sqs = servers.sqs().client();
    this.pair = servers.newQueue(visibility, MAX_RECEIVES);
  }

  /** A client for a worker that reaches the queue by another network path. */
  public static SqsClient client(URI endpoint) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(EmbeddedSqs.REGION)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(Servers.KEY.id(), Servers.KEY.secret())))
        .overrideConfiguration(Workplace.noRetries())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  public String url() {
    return pair.url();
  }

  public void send(Job job) {
    send(new String(Json.bytes(job), StandardCharsets.UTF_8));
  }

  public void send(String body) {
    sqs.sendMessage(r -> r.queueUrl(pair.url()).messageBody(body));
  }

  /** Whether every message has been deleted or is a dead letter. */
  public boolean isEmpty() {
    // In one call, because a message may become visible between two calls.
    return counts(
            pair.url(),
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
        == 0;
  }

  /** The number of messages that a worker holds. */
  public int hidden() {
    return counts(pair.url(), QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
  }

  public int deadLetters() {
    return counts(pair.deadLetterUrl(), QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  /** Receives a message at once, if one is available, and keeps it. */
  public List<Message> receive() {
    return sqs.receiveMessage(
            r ->
                r.queueUrl(pair.url())
                    .waitTimeSeconds(0)
                    .messageSystemAttributeNames(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
        .messages();
  }

  private int counts(String url, QueueAttributeName... attributes) {
    return sqs
        .getQueueAttributes(r -> r.queueUrl(url).attributeNames(attributes))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  @Override
  public void close() {
    sqs.close();
  }
}
