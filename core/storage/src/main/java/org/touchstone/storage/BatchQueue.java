package org.touchstone.storage;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.touchstone.domain.Json;
import org.touchstone.domain.batch.BatchTask;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue of batches that are to be looked at, which {@code functions/batches} works. */
public final class BatchQueue {
  private static final long ROUND_UP_MILLIS = 999;

  private final Supplier<SqsClient> sqs;
  private final Optional<String> url;

  /**
   * @param sqs gives the client when it is first needed
   * @param url the queue; empty for none
   */
  public BatchQueue(Supplier<SqsClient> sqs, Optional<String> url) {
    this.sqs = Objects.requireNonNull(sqs, "sqs");
    this.url = Objects.requireNonNull(url, "url");
  }

  /**
   * Has a batch looked at.
   *
   * @param delay after which time, at most 15 minutes
   * @throws IllegalStateException when there is no queue
   */
  public void send(BatchTask task, Duration delay) {
    String queue = url.orElseThrow(() -> new IllegalStateException("there is no queue of batches"));
    int seconds = Math.toIntExact(delay.plusMillis(ROUND_UP_MILLIS).toSeconds());
    sqs.get()
        .sendMessage(r -> r.queueUrl(queue).messageBody(Json.string(task)).delaySeconds(seconds));
  }
}
