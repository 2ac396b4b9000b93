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
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Passes a queue's messages to its function, like Lambda's event source mapping. */
final class FunctionQueue {
  private static final Logger LOG = Logger.getLogger(FunctionQueue.class);
  private static final int LONG_POLL_SECONDS = 10;
  private static final long PAUSE_MILLIS = 1_000;

  /** How long each of two queues is listened to in turn. */
  private static final int TURN_SECONDS = 1;

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
      Thread.ofPlatform()
          .daemon()
          .name("function-queue")
          .start(() -> consumer.poll(() -> consumer.receive(queueUrl, LONG_POLL_SECONDS)));
    }
  }

  /**
   * Consumes the queues of whoever does jobs until the process ends, one job in a call. Jobs that
   * may wait are taken when nobody waits for another, and leave a call for those that may not.
   *
   * @param atOnce most calls at once
   */
  static void consume(
      SqsClient sqs, JobQueue queue, int atOnce, Function<SQSEvent, SQSBatchResponse> function) {
    int interactiveOnly = atOnce > 1 ? 1 : 0;
    consume(sqs, queue.url(), 1, interactiveOnly, function);
    FunctionQueue consumer = new FunctionQueue(sqs, 1, function);
    for (int i = interactiveOnly; i < atOnce; i++) {
      Thread.ofPlatform()
          .daemon()
          .name("function-queue")
          .start(
              () ->
                  consumer.poll(
                      () -> {
                        if (!consumer.receive(queue.url(), TURN_SECONDS)) {
                          consumer.receive(queue.bulkUrl(), TURN_SECONDS);
                        }
                      }));
    }
  }

  private void poll(Runnable receive) {
    // Quarkus needs the application's class loader.
    Thread.currentThread().setContextClassLoader(FunctionQueue.class.getClassLoader());
    while (!Thread.currentThread().isInterrupted()) {
      try {
        receive.run();
      } catch (RuntimeException e) {
        LOG.warn("a queue cannot be read; trying again", e);
        pause();
      }
    }
  }

  /** Receives once; returns whether there was something. */
  private boolean receive(String queueUrl, int waitSeconds) {
    List<Message> messages =
        sqs.receiveMessage(
                r ->
                    r.queueUrl(queueUrl)
                        .maxNumberOfMessages(batch)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All")
                        .waitTimeSeconds(waitSeconds))
            .messages();
    if (!messages.isEmpty()) {
      handle(queueUrl, messages);
    }
    return !messages.isEmpty();
  }

  private void handle(String queueUrl, List<Message> messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(messages.stream().map(message -> record(queueUrl, message)).toList());
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

  private static SQSEvent.SQSMessage record(String queueUrl, Message message) {
    SQSEvent.SQSMessage record = new SQSEvent.SQSMessage();
    record.setEventSourceArn(arn(queueUrl));
    record.setMessageId(message.messageId());
    record.setReceiptHandle(message.receiptHandle());
    record.setBody(message.body());
    record.setAttributes(message.attributesAsStrings());
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

  /** The ARN by which an event names its queue. */
  private static String arn(String queueUrl) {
    return "arn:aws:sqs:local:000000000000:" + queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
