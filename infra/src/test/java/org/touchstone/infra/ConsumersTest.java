package org.touchstone.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that is sent has a consumer. */
@NeedsNode
class ConsumersTest {
  private static final String QUEUE = "AWS::SQS::Queue";

  @ParameterizedTest
  @EnumSource
  void hasAConsumerForEveryQueue(Deployment deployment) {
    Set<String> consumed = new HashSet<>();
    for (JsonNode mapping : deployment.properties("AWS::Lambda::EventSourceMapping")) {
      consumed.add(mapping.get("EventSourceArn").get("Fn::GetAtt").get(0).asText());
      assertThat(Deployment.texts(mapping.get("FunctionResponseTypes")))
          .containsExactly("ReportBatchItemFailures");
    }
    for (JsonNode task : deployment.properties("AWS::ECS::TaskDefinition")) {
      for (JsonNode variable : task.get("ContainerDefinitions").get(0).get("Environment")) {
        if (variable.get("Name").asText().matches("(BULK_)?QUEUE_URL")) {
          consumed.add(variable.get("Value").get("Ref").asText());
        }
      }
    }
    // People are told of these dead letters, and move them back.
    Set<String> queues = new HashSet<>(deployment.resources(QUEUE).keySet());
    queues.removeIf(id -> id.matches("(Batches|Events|Buying.*|MentionBot)DeadLetters.*"));
    assertThat(consumed).isEqualTo(queues);
  }

  @ParameterizedTest
  @EnumSource
  void hasADeadLetterQueueForEveryQueueOfJobs(Deployment deployment) {
    Set<String> deadLetters =
        deployment.properties(QUEUE).stream()
            .filter(queue -> queue.has("RedrivePolicy"))
            .peek(
                queue ->
                    assertThat(queue.get("RedrivePolicy").get("maxReceiveCount").asInt())
                        .isEqualTo(receives(queue.get("QueueName").asText())))
            .map(q -> q.get("RedrivePolicy").get("deadLetterTargetArn").get("Fn::GetAtt").get(0))
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    // Lambda and the schedules put what the bot could not do there.
    deployment.resources(QUEUE).keySet().stream()
        .filter(id -> id.startsWith("MentionBotDeadLetters"))
        .forEach(deadLetters::add);
    List<String> withoutOne =
        deployment.resources(QUEUE).entrySet().stream()
            .filter(queue -> !queue.getValue().get("Properties").has("RedrivePolicy"))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(withoutOne).containsExactlyInAnyOrderElementsOf(deadLetters);
  }

  private static int receives(String queue) {
    if (queue.endsWith("-jobs")) {
      return 3;
    }
    // Events and batches would be lost when a function fails for a while.
    return queue.contains("notices") ? 5 : 20;
  }

  @ParameterizedTest
  @EnumSource
  void encryptsEveryQueueAndTakesTlsOnly(Deployment deployment) {
    assertThat(deployment.properties(QUEUE))
        .allMatch(queue -> queue.get("SqsManagedSseEnabled").asBoolean());
    assertThat(deployment.properties("AWS::SQS::QueuePolicy"))
        .hasSameSizeAs(deployment.properties(QUEUE))
        .allMatch(policy -> policy.toString().contains("\"aws:SecureTransport\":\"false\""));
  }

  @ParameterizedTest
  @EnumSource
  void hasAConsumerForWhatTheWorkflowAnnounces(Deployment deployment) {
    JsonNode announcement =
        Deployment.json(
                Deployment.read(Deployment.root().resolve("statemachine/analysis.asl.json")))
            .get("States")
            .get("Announce")
            .get("Arguments")
            .get("Entries")
            .get(0);
    String bus = deployment.resources("AWS::Events::EventBus").keySet().iterator().next();
    assertThat(deployment.properties("AWS::Events::Rule"))
        .filteredOn(rule -> rule.path("EventBusName").path("Ref").asText().equals(bus))
        .as("a log, the queues of batches and of webhooks' events, and the mention bot")
        .hasSize(deployment == Deployment.FULL ? 4 : 3)
        .allSatisfy(
            rule -> {
              JsonNode pattern = rule.get("EventPattern");
              assertThat(Deployment.texts(pattern.get("source")))
                  .contains(announcement.get("Source").asText());
              assertThat(Deployment.texts(pattern.get("detail-type")))
                  .contains(announcement.get("DetailType").asText());
              assertThat(rule.get("Targets")).isNotEmpty();
            });
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheTopicOfEveryAlarmOrScalesByIt(Deployment deployment) {
    assertThat(deployment.properties("AWS::CloudWatch::Alarm"))
        .isNotEmpty()
        .allMatch(alarm -> !alarm.path("AlarmActions").isEmpty());
  }
}
