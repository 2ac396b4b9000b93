package org.touchstone.infra.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;

@NeedsNode
class JudgeTest {
  @Test
  void isNotThereUnlessOneIsConfigured() {
    assertThat(DEFAULT.template().toString()).doesNotContain("JudgeHandler", "JudgeQueue");
    assertThat(DEFAULT.function("resolve").get("Environment").toString())
        .doesNotContain("QUEUES_JUDGE");
  }

  @Test
  void runsInTheImageOfTheCpuLaneWithAnotherHandler() {
    JsonNode function = FULL.function("judge");

    assertThat(function.get("PackageType").asText()).isEqualTo("Image");
    assertThat(Deployment.texts(function.get("ImageConfig").get("Command")))
        .containsExactly("org.touchstone.judge.job.JudgeHandler::handleRequest");
    JsonNode judge =
        Deployment.json(
            function.get("Environment").get("Variables").get("TOUCHSTONE_JUDGE").asText());
    assertThat(judge)
        .isEqualTo(
            Deployment.json(
                """
                {"provider": "bedrock", "model": "eu.example.model-v1:0", "usdPerMonth": 20.0}
                """));
  }

  @Test
  void mayAskItsModelAndNoOther() {
    String statements = FULL.statements(FULL.function("judge").get("Role")).toString();

    assertThat(statements)
        .contains("bedrock:InvokeModel", "inference-profile/eu.example.model-v1:0")
        .contains("foundation-model/example.model-v1:0")
        .doesNotContain("secretsmanager");
  }

  @Test
  void endpointsMaySendJobsOnAndTheResolverKnowsTheQueue() {
    assertThat(FULL.statements(FULL.function("endpoint-small").get("Role")).toString())
        .contains("sqs:SendMessage");
    assertThat(
            FULL.function("resolve")
                .get("Environment")
                .get("Variables")
                .get("TOUCHSTONE_QUEUES_JUDGE")
                .toString())
        .contains("JudgeQueue");
    assertThat(FULL.statements(FULL.only("AWS::StepFunctions::StateMachine").get("RoleArn")))
        .as("the workflow does not send to it")
        .noneMatch(statement -> statement.toString().contains("JudgeQueue"));
  }
}
