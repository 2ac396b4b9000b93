package org.touchstone.infra.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.BARE;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;

@NeedsNode
class StorageTest {
  private static final String BUCKET = "AWS::S3::Bucket";

  @ParameterizedTest
  @EnumSource
  void keepsEverythingInOneBucketThatIsClosedToThePublic(Deployment deployment) {
    JsonNode access = deployment.only(BUCKET).get("PublicAccessBlockConfiguration");
    assertThat(access.properties()).hasSize(4).allMatch(flag -> flag.getValue().asBoolean());
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhoeverComesWithoutModernTls(Deployment deployment) {
    String policy = deployment.only("AWS::S3::BucketPolicy").get("PolicyDocument").toString();
    assertThat(policy)
        .contains("{\"Bool\":{\"aws:SecureTransport\":\"false\"}},\"Effect\":\"Deny\"")
        .contains("{\"NumericLessThan\":{\"s3:TlsVersion\":1.2}},\"Effect\":\"Deny\"");
  }

  @ParameterizedTest
  @EnumSource
  void letsNobodyReplaceAnEntryOfTheAuditLog(Deployment deployment) {
    assertThat(deployment.only("AWS::S3::BucketPolicy").get("PolicyDocument").get("Statement"))
        .anySatisfy(
            statement -> {
              assertThat(statement.get("Effect").asText()).isEqualTo("Deny");
              assertThat(statement.get("Action").asText()).isEqualTo("s3:PutObject");
              assertThat(statement.get("Condition"))
                  .isEqualTo(Deployment.json("{\"Null\": {\"s3:if-none-match\": \"true\"}}"));
              assertThat(statement.get("Resource").toString()).contains("/audit/*");
            });
  }

  @Test
  void encryptsTheBucketWithS3sKeyOrOneOfItsOwn() {
    assertThat(algorithm(DEFAULT)).isEqualTo("AES256");
    assertThat(algorithm(FULL)).isEqualTo("aws:kms");
    assertThat(FULL.only("AWS::KMS::Key").get("EnableKeyRotation").asBoolean()).isTrue();
    assertThat(FULL.properties("AWS::SecretsManager::Secret"))
        .as("of four platforms, three voters, Stripe and the sign-in")
        .hasSize(9)
        .allMatch(secret -> secret.has("KmsKeyId"));
    assertThat(DEFAULT.properties("AWS::KMS::Key")).isEmpty();
  }

  @Test
  void letsThePagesOfTheApiAndThoseThatAreNamedUseSignedLinks() {
    JsonNode rule = DEFAULT.only(BUCKET).get("CorsConfiguration").get("CorsRules").get(0);
    assertThat(Deployment.texts(rule.get("AllowedMethods"))).containsExactly("PUT", "GET", "HEAD");
    assertThat(Deployment.texts(rule.get("AllowedHeaders"))).containsExactly("content-type");
    assertThat(rule.get("AllowedOrigins").toString())
        .contains("execute-api")
        .doesNotContain("\"*\"", "live");
    assertThat(
            Deployment.texts(
                FULL.only(BUCKET)
                    .get("CorsConfiguration")
                    .get("CorsRules")
                    .get(0)
                    .get("AllowedOrigins")))
        .containsExactly(
            "https://touchstone.example.org",
            "https://proxy.example.org",
            "https://news.example.org");
  }

  private static String algorithm(Deployment deployment) {
    return deployment.only(BUCKET).findValue("SSEAlgorithm").asText();
  }

  @Test
  void forgetsWhatIsNotToBeKeptAndNothingElse() {
    Map<String, Integer> transients =
        Map.of(
            "incoming/",
            1,
            "uploads/",
            1,
            "callbacks/",
            1,
            "condemned/",
            1,
            "slots/",
            1,
            "sessions/",
            1,
            "mentions/",
            30,
            "webhooks/",
            30);
    assertThat(expirations(DEFAULT))
        .containsAllEntriesOf(transients)
        .containsAllEntriesOf(
            Map.of("media/", 30, "analyses/", 90, "accounts/", 90, "reports/", 90))
        .containsAllEntriesOf(
            Map.of("references/", 90, "feedback/", 90, "batches/", 90, "shares/", 90))
        .hasSize(16);
    assertThat(expirations(FULL))
        .containsAllEntriesOf(transients)
        .containsEntry("media/", 7)
        .hasSize(9);
    assertThat(rules(DEFAULT).findValue("DaysAfterInitiation").asInt()).isEqualTo(1);
  }

  @Test
  void keepsWhatWasOverwrittenOnlyWhereAsked() {
    assertThat(DEFAULT.only(BUCKET).has("VersioningConfiguration")).isFalse();
    assertThat(FULL.only(BUCKET).get("VersioningConfiguration").get("Status").asText())
        .isEqualTo("Enabled");
    assertThat(rules(FULL).findValue("NoncurrentDays").asInt()).isEqualTo(7);
  }

  private static JsonNode rules(Deployment deployment) {
    return deployment.only(BUCKET).get("LifecycleConfiguration").get("Rules");
  }

  private static Map<String, Integer> expirations(Deployment deployment) {
    Map<String, Integer> days = new TreeMap<>();
    for (JsonNode rule : rules(deployment)) {
      if (rule.has("ExpirationInDays")) {
        assertThat(rule.get("Status").asText()).isEqualTo("Enabled");
        days.put(rule.get("Prefix").asText(), rule.get("ExpirationInDays").asInt());
      }
    }
    return days;
  }

  @Test
  void outlivesTheStackUnlessItIsMadeToBeDeleted() {
    JsonNode kept = DEFAULT.resources(BUCKET).values().iterator().next();
    assertThat(kept.get("DeletionPolicy").asText()).isEqualTo("Retain");
    assertThat(kept.get("UpdateReplacePolicy").asText()).isEqualTo("Retain");
    JsonNode deletable = FULL.resources(BUCKET).values().iterator().next();
    assertThat(deletable.get("DeletionPolicy").asText()).isEqualTo("Delete");
  }

  @Test
  void makesEmptySecretsThatSayWhatTheyAreForAndGivesThemNoValueThatCouldReplaceAnother() {
    assertThat(DEFAULT.properties("AWS::SecretsManager::Secret"))
        .hasSize(4)
        .allSatisfy(
            secret -> {
              assertThat(secret.has("SecretString")).isFalse();
              assertThat(secret.has("GenerateSecretString")).isFalse();
              assertThat(secret.get("Name").asText()).startsWith("touchstone/platforms/");
              assertThat(secret.get("Description").asText()).contains("{\"");
            })
        .anySatisfy(
            secret -> {
              assertThat(secret.get("Name").asText()).isEqualTo("touchstone/platforms/reddit");
              assertThat(secret.get("Description").asText()).contains("appId", "appSecret");
            });
    assertThat(BARE.properties("AWS::SecretsManager::Secret")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryLogForAsLongAsConfigured(Deployment deployment) {
    int days = deployment == FULL ? 90 : 30;
    assertThat(deployment.properties("AWS::Logs::LogGroup"))
        .isNotEmpty()
        .allMatch(log -> log.path("RetentionInDays").asInt() == days);
  }
}
