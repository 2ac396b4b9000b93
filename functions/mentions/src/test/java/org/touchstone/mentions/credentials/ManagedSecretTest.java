package org.touchstone.mentions.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageResponse;

class ManagedSecretTest {
  /** The versions and labels of one secret, by the rules of Secrets Manager. */
  private static final class Manager implements SecretsManagerClient {
    private final Map<String, String> versions = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private Runnable beforeMove = () -> {};

    @Override
    public CreateSecretResponse createSecret(CreateSecretRequest request) {
      versions.put(request.clientRequestToken(), request.secretString());
      labels.put("AWSCURRENT", request.clientRequestToken());
      return CreateSecretResponse.builder().versionId(request.clientRequestToken()).build();
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      String current = labels.get("AWSCURRENT");
      if (current == null) {
        throw ResourceNotFoundException.builder().build();
      }
      return GetSecretValueResponse.builder()
          .versionId(current)
          .secretString(versions.get(current))
          .build();
    }

    @Override
    public PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
      if (labels.isEmpty()) {
        throw ResourceNotFoundException.builder().build();
      }
      versions.put(request.clientRequestToken(), request.secretString());
      String label = request.hasVersionStages() ? request.versionStages().getFirst() : "AWSCURRENT";
      labels.put(label, request.clientRequestToken());
      return PutSecretValueResponse.builder().versionId(request.clientRequestToken()).build();
    }

    @Override
    public UpdateSecretVersionStageResponse updateSecretVersionStage(
        UpdateSecretVersionStageRequest request) {
      beforeMove.run();
      if (!request.removeFromVersionId().equals(labels.get(request.versionStage()))) {
        throw InvalidParameterException.builder().build();
      }
      labels.put(request.versionStage(), request.moveToVersionId());
      return UpdateSecretVersionStageResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "secretsmanager";
    }

    @Override
    public void close() {}
  }

  private final Manager manager = new Manager();
  private final ManagedSecret secret = new ManagedSecret(manager, "touchstone/bot/x");

  @Test
  void isMadeWrittenAndReplaced() {
    assertThat(secret.read()).isEmpty();
    secret.write(Map.of("a", "1"));
    secret.write(Map.of("a", "2"));
    assertThat(secret.replace(Map.of("a", "1"), Map.of("a", "3"))).isFalse();
    assertThat(secret.replace(Map.of("a", "2"), Map.of("a", "3"))).isTrue();
    assertThat(secret.read()).isEqualTo(Map.of("a", "3"));
  }

  @Test
  void ofTwoRotationsAtOnceTheFirstWins() {
    secret.write(Map.of("a", "1"));
    manager.beforeMove =
        () -> {
          manager.beforeMove = () -> {};
          new ManagedSecret(manager, "touchstone/bot/x")
              .replace(Map.of("a", "1"), Map.of("a", "first"));
        };

    assertThat(secret.replace(Map.of("a", "1"), Map.of("a", "second"))).isFalse();
    assertThat(secret.read()).isEqualTo(Map.of("a", "first"));
  }

  @Test
  void damagedSecretIsNotQuoted() {
    manager.labels.put("AWSCURRENT", "v");
    manager.versions.put("v", "topsecret");
    assertThatThrownBy(secret::read).hasMessageNotContaining("topsecret").hasNoCause();
  }
}
