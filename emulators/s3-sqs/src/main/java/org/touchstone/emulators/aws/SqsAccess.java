package org.touchstone.emulators.aws;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.emulators.access.policy.Access;

/**
 * Which IAM action on which queue a request to SQS is. Only the AWS JSON protocol is understood.
 */
final class SqsAccess {
  private static final String TARGET = "AmazonSQS.";
  private static final String BATCH = "Batch";
  private static final Pattern QUEUE_URL = Pattern.compile("https?://[^/]+/(\\d+)/([\\w.-]+)");

  /** Of a name that occurs twice, ElasticMQ might read the other value. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private SqsAccess() {}

  /**
   * The access.
   *
   * @param target the value of {@code X-Amz-Target}; null when it is absent
   * @return empty when the request is not understood
   */
  static Optional<Access> of(String target, byte[] body) {
    if (target == null || !target.startsWith(TARGET)) {
      return Optional.empty();
    }
    String operation = target.substring(TARGET.length());
    // Calls for several messages need the permission for one.
    String action =
        "sqs:"
            + (operation.endsWith(BATCH)
                ? operation.substring(0, operation.length() - BATCH.length())
                : operation);
    try {
      return resource(operation, JSON.readTree(body)).map(arn -> Access.of(action, arn));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> resource(String operation, JsonNode body) {
    switch (operation) {
      case "ListQueues" -> {
        return Optional.of(arn(EmbeddedSqs.ACCOUNT, "*"));
      }
      case "CreateQueue", "GetQueueUrl" -> {
        return Optional.of(arn(EmbeddedSqs.ACCOUNT, body.path("QueueName").asText()));
      }
      default -> {
        Matcher url = QUEUE_URL.matcher(body.path("QueueUrl").asText());
        return url.matches() ? Optional.of(arn(url.group(1), url.group(2))) : Optional.empty();
      }
    }
  }

  private static String arn(String account, String queue) {
    return "arn:aws:sqs:" + EmbeddedSqs.REGION.id() + ":" + account + ":" + queue;
  }
}
