package org.touchstone.infra.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.BARE;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.contract.FunctionSpec;

@NeedsNode
class PartnersTest {
  private static List<String> functions(Deployment deployment) {
    return deployment.properties("AWS::Lambda::Function").stream()
        .map(function -> function.get("FunctionName").asText())
        .toList();
  }

  @Test
  void nobodyIsAskedUnlessVotersAreListed() {
    assertThat(functions(DEFAULT)).noneMatch(name -> name.contains("partners"));
    assertThat(functions(BARE)).noneMatch(name -> name.contains("partners"));
    assertThat(DEFAULT.function("resolve").get("Environment").get("Variables").toString())
        .doesNotContain("PARTNERS");
    assertThat(DEFAULT.properties("AWS::SQS::Queue").toString()).doesNotContain("partners");
    assertThat(DEFAULT.properties("AWS::SecretsManager::Secret").toString())
        .doesNotContain("voters");
  }

  @Test
  void functionIsGivenTheDescriptions() {
    JsonNode variables = FULL.function("partners").get("Environment").get("Variables");

    JsonNode voters = Deployment.json(variables.get("TOUCHSTONE_PARTNERS_VOTERS").asText());
    assertThat(voters).hasSize(3);
    assertThat(voters.get(0))
        .isEqualTo(
            Deployment.json(
                """
                {"name": "hive", "preset": "hive", "category": "generative", "tracks": ["image", "video"],
                 "secret": "hive", "usdPerCall": 0.006, "usdPerMonth": 50.0}
                """));
    assertThat(variables.get("TOUCHSTONE_PARTNERS_SECRETS_PREFIX").asText())
        .isEqualTo("org/voters/");
  }

  @Test
  void resolverIsGivenTheirNamesAndKindsOfMedia() {
    JsonNode variables = FULL.function("resolve").get("Environment").get("Variables");

    assertThat(Deployment.json(variables.get("TOUCHSTONE_QUEUES_PARTNERS_VOTERS").asText()))
        .isEqualTo(
            Deployment.json(
                """
                {"name": "partners", "detectors": [
                  {"name": "hive", "category": "generative", "tracks": ["image", "video"]},
                  {"name": "own-model", "category": "faces", "tracks": ["audio"]},
                  {"name": "later", "category": "faces", "tracks": ["image"]}]}
                """));
    assertThat(variables.get("TOUCHSTONE_QUEUES_PARTNERS").toString())
        .contains("PartnersJobs", "PartnersBulkJobs");
  }

  @Test
  void secretsAreEmptyAndNamedAsTheDescriptionsSay() {
    assertThat(FULL.properties("AWS::SecretsManager::Secret"))
        .filteredOn(secret -> secret.get("Name").asText().startsWith("org/voters/"))
        .allMatch(secret -> !secret.has("SecretString"))
        .extracting(secret -> secret.get("Name").asText())
        .containsExactlyInAnyOrder("org/voters/hive", "org/voters/own", "org/voters/later");
  }

  @Test
  void readsTheirSecretsAndNoPlatforms() {
    String statements =
        FULL.statements(FULL.function("partners").get("Role")).stream()
            .filter(statement -> statement.toString().contains("secretsmanager"))
            .toList()
            .toString();

    assertThat(statements).contains("org/voters/*").doesNotContain("platforms");
  }

  @Test
  void callbacksAreReceivedWithoutSecretsAndSentOnToOneQueue() {
    JsonNode callbacks = FULL.function("callbacks");

    List<String> statements =
        FULL.statements(callbacks.get("Role")).stream().map(JsonNode::toString).toList();
    assertThat(statements)
        .noneMatch(statement -> statement.contains("secretsmanager"))
        .noneMatch(statement -> statement.contains("states:"))
        .noneMatch(statement -> statement.contains("analyses/*"));
    assertThat(statements)
        .filteredOn(statement -> statement.contains("sqs:SendMessage"))
        .singleElement()
        .asString()
        .contains("PartnersJobs");
    assertThat(
            FULL.function("partners")
                .get("Environment")
                .get("Variables")
                .get("TOUCHSTONE_PARTNERS_PUBLIC_URL")
                .asText())
        .isEqualTo("https://proxy.example.org/touchstone");
  }

  @Test
  void queueHandsOverOneJobAtATimeToAtMostTenCalls() {
    JsonNode mapping =
        FULL.properties("AWS::Lambda::EventSourceMapping").stream()
            .filter(m -> m.get("EventSourceArn").toString().contains("PartnersJobs"))
            .findFirst()
            .orElseThrow();
    assertThat(mapping.get("BatchSize").asInt()).isEqualTo(1);
    assertThat(mapping.get("ScalingConfig").get("MaximumConcurrency").asInt()).isEqualTo(10);
    JsonNode bulk =
        FULL.properties("AWS::Lambda::EventSourceMapping").stream()
            .filter(m -> m.get("EventSourceArn").toString().contains("PartnersBulkJobs"))
            .findFirst()
            .orElseThrow();
    assertThat(bulk.get("ScalingConfig").get("MaximumConcurrency").asInt()).isEqualTo(5);
    assertThat(Deployment.texts(mapping.get("FunctionResponseTypes")))
        .containsExactly("ReportBatchItemFailures");
    JsonNode queue =
        FULL.properties("AWS::SQS::Queue").stream()
            .filter(q -> q.get("QueueName").asText().equals("org-partners-jobs"))
            .findFirst()
            .orElseThrow();
    assertThat(queue.get("VisibilityTimeout").asInt())
        .isGreaterThan(FunctionSpec.PARTNERS.size().timeoutSeconds());
  }
}
