package org.touchstone.storage;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.touchstone.domain.Json;
import org.touchstone.domain.webhook.DeliveryTask;
import org.touchstone.domain.webhook.WebhookEvent;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The queue of events and of their deliveries to webhooks, which {@code functions/webhooks} works.
 * A deployment without one tells nobody: sending then does nothing.
 */
public final class EventQueue {
  /** The longest delay of a message in SQS. */
  public static final Duration MAX_DELAY = Duration.ofMinutes(15);

  private static final long ROUND_UP_MILLIS = 999;

  private final Supplier<SqsClient> sqs;
  private final Optional<String> url;

  /**
   * @param sqs gives the client when it is first needed
   * @param url the queue; empty for none
   */
  public EventQueue(Supplier<SqsClient> sqs, Optional<String> url) {
    this.sqs = Objects.requireNonNull(sqs, "sqs");
    this.url = Objects.requireNonNull(url, "url");
  }

  /** Has an event delivered to its account's webhooks that ask for events of its type. */
  public void send(WebhookEvent event) {
    send(Json.string(event), Duration.ZERO);
  }

  /**
   * Has a delivery attempted.
   *
   * @param delay after which time, or after {@link #MAX_DELAY} when it is longer
   */
  public void send(DeliveryTask task, Duration delay) {
    send(Json.string(task), delay);
  }

  private void send(String body, Duration delay) {
    if (url.isEmpty()) {
      return;
    }
    Duration shown = delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
    int seconds = (int) Math.max(0, shown.plusMillis(ROUND_UP_MILLIS).toSeconds());
    sqs.get().sendMessage(r -> r.queueUrl(url.get()).messageBody(body).delaySeconds(seconds));
  }
}
