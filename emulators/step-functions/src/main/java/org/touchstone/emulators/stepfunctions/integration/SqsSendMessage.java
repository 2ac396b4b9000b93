package org.touchstone.emulators.stepfunctions.integration;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.touchstone.emulators.stepfunctions.asl.ResourceRules;
import org.touchstone.emulators.stepfunctions.json.JsonValues;
import org.touchstone.emulators.stepfunctions.json.Payload;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * {@code sqs:sendMessage}: puts a message on a queue.
 *
 * <p>Errors have the names that Step Functions uses, which are those of the AWS SDK for Java 1.x:
 * {@code SQS.AmazonSQSException} when the service rejects the message, {@code
 * SQS.SdkClientException} when it cannot be reached, and {@code SQS.} with the name of a more
 * specific exception where there is one.
 */
public final class SqsSendMessage implements TaskIntegration {
  private final SqsClient sqs;

  public SqsSendMessage(SqsClient sqs) {
    this.sqs = sqs;
  }

  @Override
  public ResourceRules.Arguments arguments() {
    return new ResourceRules.Arguments(
        Set.of("QueueUrl", "MessageBody"),
        Set.of(
            "QueueUrl",
            "MessageBody",
            "DelaySeconds",
            "MessageAttributes",
            "MessageGroupId",
            "MessageDeduplicationId"));
  }

  @Override
  public Payload call(TaskCall call) throws TaskFailedException {
    SendMessageRequest request = request(call);
    SendMessageResponse response;
    try {
      response = sqs.sendMessage(request);
    } catch (SqsException e) {
      String name = e.getClass() == SqsException.class ? "AmazonSQSException" : name(e);
      throw new TaskFailedException("SQS." + name, e.getMessage());
    } catch (SdkException e) {
      throw new TaskFailedException("SQS.SdkClientException", "The queue cannot be reached");
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("MD5OfMessageBody", response.md5OfMessageBody());
    result.put("MessageId", response.messageId());
    return Payload.of(result);
  }

  private static String name(SqsException e) {
    return e.getClass().getSimpleName();
  }

  private static SendMessageRequest request(TaskCall call) throws TaskFailedException {
    Object body = call.arguments().get("MessageBody");
    if (body == null) {
      throw TaskCall.invalid("The argument 'MessageBody' is required");
    }
    SendMessageRequest.Builder request =
        SendMessageRequest.builder()
            .queueUrl(call.requiredText("QueueUrl"))
            .messageBody(body instanceof String text ? text : JsonValues.write(body))
            .messageGroupId(call.text("MessageGroupId"))
            .messageDeduplicationId(call.text("MessageDeduplicationId"));
    Object delay = call.arguments().get("DelaySeconds");
    if (delay != null) {
      if (!(delay instanceof Integer seconds)) {
        throw TaskCall.invalid("The argument 'DelaySeconds' must be an integer");
      }
      request.delaySeconds(seconds);
    }
    Object attributes = call.arguments().get("MessageAttributes");
    if (attributes != null) {
      request.messageAttributes(attributes(attributes));
    }
    return request.build();
  }

  private static Map<String, MessageAttributeValue> attributes(Object given)
      throws TaskFailedException {
    if (!(given instanceof Map<?, ?> map)) {
      throw TaskCall.invalid("The argument 'MessageAttributes' must be an object");
    }
    Map<String, MessageAttributeValue> attributes = new HashMap<>();
    for (var entry : map.entrySet()) {
      if (!(entry.getValue() instanceof Map<?, ?> attribute)
          || !(attribute.get("DataType") instanceof String type)
          || !(attribute.get("StringValue") instanceof String value)) {
        throw TaskCall.invalid("A message attribute needs 'DataType' and 'StringValue'");
      }
      attributes.put(
          (String) entry.getKey(),
          MessageAttributeValue.builder().dataType(type).stringValue(value).build());
    }
    return attributes;
  }
}
