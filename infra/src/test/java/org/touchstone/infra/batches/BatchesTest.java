package org.touchstone.infra.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.DEFAULT;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.contract.FunctionSpec;

@NeedsNode
class BatchesTest {
  @Test
  void messageOfARunningFunctionIsNotHandedOverAgain() {
    JsonNode queue =
        DEFAULT.properties("AWS::SQS::Queue").stream()
            .filter(q -> q.get("QueueName").asText().endsWith("-batches"))
            .findFirst()
            .orElseThrow();
    assertThat(queue.get("VisibilityTimeout").asInt())
        .isGreaterThanOrEqualTo(2 * FunctionSpec.BATCHES.size().timeoutSeconds());
  }

  @Test
  void queueHearsOfTheEndsOfAnalyses() {
    assertThat(DEFAULT.properties("AWS::Events::Rule"))
        .filteredOn(rule -> rule.get("Targets").toString().contains("BatchesQueue"))
        .singleElement()
        .satisfies(
            rule ->
                assertThat(Deployment.texts(rule.get("EventPattern").get("detail-type")))
                    .containsExactly("AnalysisEnded"));
    assertThat(DEFAULT.properties("AWS::SQS::QueuePolicy"))
        .filteredOn(policy -> policy.get("Queues").toString().contains("BatchesQueue"))
        .singleElement()
        .asString()
        .contains("events.amazonaws.com");
  }

  @Test
  void handsOverWhatIsSaidTogetherAndStartsFewAnalysesAtOnce() {
    JsonNode mapping =
        DEFAULT.properties("AWS::Lambda::EventSourceMapping").stream()
            .filter(m -> m.get("EventSourceArn").toString().contains("BatchesQueue"))
            .findFirst()
            .orElseThrow();
    assertThat(mapping.get("BatchSize").asInt()).isEqualTo(10);
    assertThat(mapping.get("ScalingConfig").get("MaximumConcurrency").asInt()).isEqualTo(4);
  }
}
