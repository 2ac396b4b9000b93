package org.touchstone.emulators.lambda;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.jboss.logging.Logger;
import org.touchstone.domain.Json;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Lambda's event source mapping for a queue. It reads the queue with the role of the function that
 * it calls.
 */
final class QueueMapping implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(QueueMapping.class);

  private final RolesAccount account;
  private final DeployedFunction function;
  private final SqsClient sqs;
  private final String queueUrl;
  private final Thread poller;
  private volatile boolean closed;

  QueueMapping(RolesAccount account, DeployedFunction function, String queueUrl) {
    this.account = account;
    this.function = function;
    this.sqs = account.sqs().client(account.key(function));
    this.queueUrl = queueUrl;
    // Lambda looks at the queue before it creates a mapping.
    sqs.getQueueAttributes(
        r -> r.queueUrl(queueUrl).attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT));
    poller = Thread.ofVirtual().start(this::poll);
  }

  private void poll() {
    while (!closed) {
      try {
        List<Message> messages =
            sqs.receiveMessage(
                    r -> r.queueUrl(queueUrl).waitTimeSeconds(1).messageAttributeNames("All"))
                .messages();
        if (!messages.isEmpty()) {
          handle(messages);
        }
      } catch (SdkException | IllegalStateException e) {
        // The queue delivers the messages again, as to Lambda after a failed call.
        LOG.warn("a queue is read again", e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void handle(List<Message> messages) throws InterruptedException {
    String event =
        Events.messages(
            messages.stream().map(message -> Json.string(message.body())).toArray(String[]::new));
    for (Message message : messages) {
      event = event.replaceFirst("\"messageAttributes\": \\{}", attributes(message));
    }
    String answer = account.invoke(function, event);
    for (int i = 0; i < messages.size(); i++) {
      String handle = messages.get(i).receiptHandle();
      if (!answer.contains("\"m" + i + "\"")) {
        sqs.deleteMessage(d -> d.queueUrl(queueUrl).receiptHandle(handle));
      }
    }
  }

  private static String attributes(Message message) {
    Map<String, Map<String, String>> attributes = new TreeMap<>();
    message
        .messageAttributes()
        .forEach(
            (name, value) ->
                attributes.put(
                    name,
                    Map.of("stringValue", value.stringValue(), "dataType", value.dataType())));
    return Matcher.quoteReplacement("\"messageAttributes\":" + Json.string(attributes));
  }

  /** Stops after the messages that were received. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    poller.join();
    sqs.close();
  }
}
