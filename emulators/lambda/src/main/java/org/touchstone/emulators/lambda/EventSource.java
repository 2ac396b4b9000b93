package org.touchstone.emulators.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.Json;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Passes a queue's messages to a function as Lambda's event source mapping does, with {@code
 * ReportBatchItemFailures}: what the function has not named in its answer is deleted. When the
 * function fails, nothing is.
 */
public final class EventSource {
  private static final Duration LONG_POLL = Duration.ofSeconds(20);

  private final SqsClient sqs;
  private final String queueUrl;
  private final int batch;

  /**
   * The source of a queue's messages.
   *
   * @param batch most messages in an event, 1 to 10
   */
  public EventSource(SqsClient sqs, String queueUrl, int batch) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.batch = batch;
  }

  /** Waits up to 20 s for messages; the messages of one receive, none if there were none. */
  public List<Message> receive() {
    return sqs.receiveMessage(
            r ->
                r.queueUrl(queueUrl)
                    .maxNumberOfMessages(batch)
                    .waitTimeSeconds(Math.toIntExact(LONG_POLL.toSeconds()))
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  /** The event that a function is given. */
  public static String event(List<Message> messages) {
    ArrayNode records = Json.mapper().createArrayNode();
    for (Message message : messages) {
      ObjectNode record = records.addObject();
      record.put("messageId", message.messageId());
      record.put("receiptHandle", message.receiptHandle());
      record.put("body", message.body());
      record.put("md5OfBody", message.md5OfBody());
      ObjectNode attributes = record.putObject("attributes");
      message.attributesAsStrings().forEach(attributes::put);
      record.putObject("messageAttributes");
      record.put("eventSource", "aws:sqs");
      record.put("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:queue");
      record.put("awsRegion", "us-east-1");
    }
    return Json.mapper().createObjectNode().set("Records", records).toString();
  }

  /**
   * Has a function work on messages, and deletes those that it is done with.
   *
   * @return the ids of the messages that are kept
   * @throws IllegalStateException when the process ended, failed or did not answer
   */
  public Set<String> deliver(FunctionProcess function, List<Message> messages)
      throws InterruptedException {
    Invocation end = function.invoke(event(messages), Events.TRACE);
    if (!(end instanceof Invocation.Response(String payload))) {
      throw new IllegalStateException("the function failed: " + end);
    }
    Set<String> kept = new HashSet<>();
    try {
      for (JsonNode failure : Json.mapper().readTree(payload).path("batchItemFailures")) {
        kept.add(failure.path("itemIdentifier").asText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Message message : messages) {
      if (!kept.contains(message.messageId())) {
        sqs.deleteMessage(r -> r.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
      }
    }
    return kept;
  }
}
