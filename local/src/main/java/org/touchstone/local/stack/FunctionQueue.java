package org.touchstone.local.stack;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Passes a queue's messages to its function, like Lambda's event source mapping. */
final class FunctionQueue {
  private static final Logger LOG = Logger.getLogger(FunctionQueue.class);
  private static final int LONG_POLL_SECONDS = 10;
  private static final long PAUSE_MILLIS = 1_000;

  private final SqsClient sqs;
  private final int batch;
  private final Function<SQSEvent, SQSBatchResponse> function;

  private FunctionQueue(SqsClient sqs, int batch, Function<SQSEvent, SQSBatchResponse> function) {
    this.sqs = sqs;
    this.batch = batch;
    this.function = function;
  }

  /**
   * Consumes a queue until the process ends.
   *
   * @param batch most messages in a call
   * @param atOnce most calls at once
   */
  static void consume(
      SqsClient sqs,
      String queueUrl,
      int batch,
      int atOnce,
      Function<SQSEvent, SQSBatchResponse> function) {
    FunctionQueue consumer = new FunctionQueue(sqs, batch, function);
    for (int i = 0; i < atOnce; i++) {
      Thread.ofPlatform().daemon().name("function-queue").start(() -> consumer.poll(queueUrl));
    }
  }

  private void poll(String queueUrl) {
    // Quarkus needs the application's class loader.
    Thread.currentThread().setContextClassLoader(FunctionQueue.class.getClassLoader());
    while (!Thread.currentThread().isInterrupted()) {
      try {
        List<Message> messages =
            sqs.receiveMessage(
                    r ->
                        r.queueUrl(queueUrl)
                            .maxNumberOfMessages(batch)
                            .messageAttributeNames("All")
                            .waitTimeSeconds(LONG_POLL_SECONDS))
                .messages();
        if (!messages.isEmpty()) {
          handle(queueUrl, messages);
        }
      } catch (RuntimeException e) {
        LOG.warn("a queue cannot be read; trying again", e);
        pause();
      }
    }
  }

  private void handle(String queueUrl, List<Message> messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(messages.stream().map(FunctionQueue::record).toList());
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
    Map<String, SQSEvent.MessageAttribute> attributes = new HashMap<>();
    message
        .messageAttributes()
        .forEach(
            (name, value) -> {
              SQSEvent.MessageAttribute attribute = new SQSEvent.MessageAttribute();
              attribute.setDataType(value.dataType());
              attribute.setStringValue(value.stringValue());
              attributes.put(name, attribute);
            });
    record.setMessageAttributes(attributes);
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
