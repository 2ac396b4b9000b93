package org.touchstone.partners.queue;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.touchstone.domain.Job;
import org.touchstone.domain.Json;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Sends a job whose voters call back to its queue once more. Of the messages of one job, one is
 * delayed until the first wait ends; each callback sends another, which is handed over at once.
 */
public final class JobMessages {
  /** The attribute of a message that a callback sent. */
  public static final String CALLED_BACK = "calledBack";

  /** The longest delay of a message in SQS. */
  private static final Duration MAX_DELAY = Duration.ofMinutes(15);

  private final Supplier<SqsClient> sqs;

  /**
   * @param sqs gives the client when it is first needed
   */
  public JobMessages(Supplier<SqsClient> sqs) {
    this.sqs = sqs;
  }

  /**
   * Has a job handed over later.
   *
   * @param delay after which time, or after 15 minutes when it is longer
   */
  public void later(Job job, Duration delay) {
    Duration shown = delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
    int seconds = (int) Math.max(0, shown.plusMillis(999).toSeconds());
    sqs.get()
        .sendMessage(
            r -> r.queueUrl(job.queueUrl()).messageBody(Json.string(job)).delaySeconds(seconds));
  }

  /** Has a job handed over at once, because a voter has called back. */
  public void now(Job job) {
    sqs.get()
        .sendMessage(
            r ->
                r.queueUrl(job.queueUrl())
                    .messageBody(Json.string(job))
                    .messageAttributes(
                        Map.of(
                            CALLED_BACK,
                            MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("true")
                                .build())));
  }
}
