package org.touchstone.local.stack;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Passes the dead-letter queues' messages to their function, like Lambda's event source mapping.
 */
final class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);
  private static final int BATCH = 10;
  private static final int LONG_POLL_SECONDS = 10;
  private static final long PAUSE_MILLIS = 1_000;

  private final SqsClient sqs;
  private final Function<SQSEvent, SQSBatchResponse> function;

  private DeadLetters(SqsClient sqs, Function<SQSEvent, SQSBatchResponse> function) {
    this.sqs = sqs;
    this.function = function;
  }

  /** Consumes these queues until the process ends. */
  static void consume(
      SqsClient sqs, Iterable<String> queueUrls, Function<SQSEvent, SQSBatchResponse> function) {
    DeadLetters consumer = new DeadLetters(sqs, function);
    for (String queueUrl : queueUrls) {
      Thread.ofPlatform().daemon().name("dead-letters").start(() -> consumer.poll(queueUrl));
    }
  }

  private void poll(String queueUrl) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        List<Message> messages =
            sqs.receiveMessage(
                    r ->
                        r.queueUrl(queueUrl)
                            .maxNumberOfMessages(BATCH)
                            .waitTimeSeconds(LONG_POLL_SECONDS))
                .messages();
        if (!messages.isEmpty()) {
          handle(queueUrl, messages);
        }
      } catch (RuntimeException e) {
        LOG.warn("the dead-letter queue cannot be read; trying again", e);
        pause();
      }
    }
  }

  private void handle(String queueUrl, List<Message> messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(messages.stream().map(DeadLetters::record).toList());
    Set<String> kept =
        function.apply(event).getBatchItemFailures().stream()
            .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
            .collect(Collectors.toSet());
    for (Message message : messages) {
      if (!kept.contains(message.messageId())) {
        sqs.deleteMessage(r -> r.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
      }
    }
  }

  private static SQSEvent.SQSMessage record(Message message) {
    SQSEvent.SQSMessage record = new SQSEvent.SQSMessage();
    record.setMessageId(message.messageId());
    record.setReceiptHandle(message.receiptHandle());
    record.setBody(message.body());
    return record;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
