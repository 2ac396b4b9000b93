package org.touchstone.mentions.credentials;

import java.util.Map;
import java.util.UUID;
import org.touchstone.domain.Json;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * A secret in AWS Secrets Manager. A rotation writes a new version first and then moves the label
 * of the current version from the one that was read, which fails if another process was faster.
 * Every read asks Secrets Manager, so that a rotation is seen at once.
 */
public final class ManagedSecret implements CredentialStore {
  private static final String CURRENT = "AWSCURRENT";
  private static final String NEXT = "TOUCHSTONE_NEXT";
  private static final String EMPTY = "{}";

  private final SecretsManagerClient manager;
  private final String id;

  /**
   * @param id the secret's name or ARN
   */
  public ManagedSecret(SecretsManagerClient manager, String id) {
    this.manager = manager;
    this.id = id;
  }

  @Override
  public Map<String, String> read() {
    try {
      return values(manager.getSecretValue(request -> request.secretId(id)));
    } catch (ResourceNotFoundException e) {
      return Map.of();
    }
  }

  private static Map<String, String> values(GetSecretValueResponse secret) {
    String text = secret.secretString();
    return Secrets.read(text == null || text.isBlank() ? EMPTY : text);
  }

  @Override
  public boolean replace(Map<String, String> expected, Map<String, String> changed) {
    GetSecretValueResponse read;
    try {
      read = manager.getSecretValue(request -> request.secretId(id));
    } catch (ResourceNotFoundException e) {
      return false;
    }
    if (!values(read).equals(expected)) {
      return false;
    }
    String version =
        manager
            .putSecretValue(
                request ->
                    request
                        .secretId(id)
                        .clientRequestToken(UUID.randomUUID().toString())
                        .secretString(Json.string(changed))
                        .versionStages(NEXT))
            .versionId();
    try {
      manager.updateSecretVersionStage(
          request ->
              request
                  .secretId(id)
                  .versionStage(CURRENT)
                  .moveToVersionId(version)
                  .removeFromVersionId(read.versionId()));
      return true;
    } catch (InvalidParameterException e) {
      // The label is no longer on the version that was read.
      return false;
    }
  }

  @Override
  public void write(Map<String, String> secret) {
    String text = Json.string(secret);
    try {
      manager.putSecretValue(
          request ->
              request
                  .secretId(id)
                  .clientRequestToken(UUID.randomUUID().toString())
                  .secretString(text));
    } catch (ResourceNotFoundException e) {
      manager.createSecret(
          request ->
              request.name(id).clientRequestToken(UUID.randomUUID().toString()).secretString(text));
    }
  }
}
