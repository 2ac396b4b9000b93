package org.touchstone.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** A queue by a test's own clock, in which a day of retries takes no time. */
final class DelayedMessages implements SqsClient {
  private static final int MAX_DELAY_SECONDS = 900;

  private final Supplier<Instant> clock;
  private final Runnable beforeSending;
  private final Runnable afterSending;
  private final PriorityBlockingQueue<Waiting> messages =
      new PriorityBlockingQueue<>(1, Comparator.comparing(Waiting::due));

  /** A message and when it can be received. */
  record Waiting(String body, Instant due) {}

  /**
   * @param beforeSending called before a message is in the queue
   * @param afterSending called when a message is in the queue and its sender not yet told so
   */
  DelayedMessages(Supplier<Instant> clock, Runnable beforeSending, Runnable afterSending) {
    this.clock = clock;
    this.beforeSending = beforeSending;
    this.afterSending = afterSending;
  }

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    beforeSending.run();
    int delay = request.delaySeconds() == null ? 0 : request.delaySeconds();
    if (delay < 0 || delay > MAX_DELAY_SECONDS) {
      throw new IllegalArgumentException("SQS has no delay of " + delay + " s");
    }
    messages.add(new Waiting(request.messageBody(), clock.get().plus(Duration.ofSeconds(delay))));
    afterSending.run();
    return SendMessageResponse.builder().messageId("m").build();
  }

  /** Takes the message that is due first, however long that is from now. */
  Optional<Waiting> next() {
    return Optional.ofNullable(messages.poll());
  }

  void putBack(String body, Instant due) {
    messages.add(new Waiting(body, due));
  }

  int size() {
    return messages.size();
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {
    messages.clear();
  }
}
