package org.touchstone.infra.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.RecogniserConfig;
import org.touchstone.infra.contract.Grant;
import org.touchstone.infra.contract.RecogniserSpec;
import org.touchstone.infra.security.KeySecrets;
import org.touchstone.infra.security.Permissions;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/**
 * A service that writes down what is said: an empty secret for its key, and what the CPU endpoints
 * need to ask it.
 */
public final class Recogniser extends Construct {
  private final RecogniserConfig config;
  private final KeySecrets secrets;

  /**
   * @param key encrypts the secret, or null for Secrets Manager's own key
   */
  public Recogniser(Construct scope, String id, DeploymentConfig deployment, IKey key) {
    super(scope, id);
    config = deployment.recogniser();
    secrets = new KeySecrets(this, deployment.prefix() + "/recogniser/", key);
    if (config.secret() != null) {
      secrets.add(
          "Secret", config.secret(), "The key with which the recogniser of speech is asked");
    }
  }

  /** The variables of an endpoint that asks it. */
  Map<String, String> environment() {
    return Map.of(
        RecogniserSpec.DESCRIPTION, config.json(), RecogniserSpec.SECRETS_PREFIX, secrets.prefix());
  }

  /** Lets an endpoint ask it. */
  void grant(Role role, Permissions permissions) {
    List<Grant> grants = new ArrayList<>();
    Permissions more = permissions;
    if (config.secret() != null) {
      grants.add(RecogniserSpec.SECRET);
      more = more.with(Grant.Target.SECRETS, secrets.arnPattern());
    }
    if (config.provider() == RecogniserConfig.Provider.AMAZON_TRANSCRIBE) {
      grants.addAll(RecogniserSpec.TRANSCRIBE);
      more =
          more.with(Grant.Target.ANYTHING, "*").with(Grant.Target.TRANSCRIPTIONS, transcriptions());
    }
    more.grant(role, grants);
    Suppressions.allowObjects(role, grants);
    Suppressions.allowWildcards(
        role,
        "Names of secrets end in random characters, those of transcription jobs are made of hashes,"
            + " and starting one knows no resources.",
        List.of(
            "/^Resource::arn:.*:secretsmanager:.*recogniser\\/\\*$/",
            "/^Resource::arn:.*:transcribe:.*touchstone-\\*$/",
            "Resource::*"));
  }

  private String transcriptions() {
    String region = config.region() == null ? Stack.of(this).getRegion() : config.region();
    return "arn:%s:transcribe:%s:%s:transcription-job/touchstone-*"
        .formatted(Stack.of(this).getPartition(), region, Stack.of(this).getAccount());
  }
}
