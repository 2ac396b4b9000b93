package org.touchstone.infra.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.DEFAULT;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.contract.FunctionSpec;

@NeedsNode
class EventsTest {
  private static JsonNode queue() {
    return DEFAULT.properties("AWS::SQS::Queue").stream()
        .filter(q -> q.get("QueueName").asText().endsWith("-events"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void messageOfARunningFunctionIsNotHandedOverAgain() {
    assertThat(queue().get("VisibilityTimeout").asInt())
        .isGreaterThan(2 * FunctionSpec.WEBHOOKS.size().timeoutSeconds());
    assertThat(queue().get("RedrivePolicy").get("maxReceiveCount").asInt()).isEqualTo(20);
  }

  @Test
  void getsTheEndsOfAnalysesThatWereAnnouncedAndOfThoseThatCouldNotBe() {
    assertThat(DEFAULT.properties("AWS::Events::Rule"))
        .filteredOn(rule -> rule.get("Targets").toString().contains("EventsQueue"))
        .extracting(rule -> rule.get("EventPattern").get("detail-type").get(0).asText())
        .containsExactlyInAnyOrder("AnalysisEnded", "Step Functions Execution Status Change");
    assertThat(DEFAULT.properties("AWS::SQS::QueuePolicy"))
        .filteredOn(policy -> policy.get("Queues").toString().contains("EventsQueue"))
        .singleElement()
        .asString()
        .contains("events.amazonaws.com");
  }

  @Test
  void handsOverOneMessageAtATime() {
    JsonNode mapping =
        DEFAULT.properties("AWS::Lambda::EventSourceMapping").stream()
            .filter(m -> m.get("EventSourceArn").toString().contains("EventsQueue"))
            .findFirst()
            .orElseThrow();
    assertThat(mapping.get("BatchSize").asInt()).isEqualTo(1);
    assertThat(mapping.get("ScalingConfig").get("MaximumConcurrency").asInt()).isEqualTo(50);
    assertThat(Deployment.texts(mapping.get("FunctionResponseTypes")))
        .containsExactly("ReportBatchItemFailures");
  }

  @Test
  void functionReadsNeitherMediaNorKeys() {
    assertThat(DEFAULT.statements(DEFAULT.function("webhooks").get("Role")))
        .noneMatch(statement -> statement.toString().contains("media/"))
        .noneMatch(statement -> statement.toString().contains("access/keys"))
        .noneMatch(statement -> statement.toString().contains("access/*"));
  }
}
