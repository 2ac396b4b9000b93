package org.touchstone.infra.storage;

import java.util.List;
import java.util.Locale;
import org.touchstone.infra.config.DeploymentConfig.PlatformSecret;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/**
 * Secrets with the platforms' keys, created empty for the operator to fill in. The description of
 * each shows its expected content. The template does not set a value, so that later deployments
 * cannot overwrite the operator's.
 */
public final class PlatformKeySecrets extends Construct {
  private final String prefix;

  /**
   * @param deployment the deployment's prefix
   * @param key encrypts them, or null for Secrets Manager's own key
   */
  public PlatformKeySecrets(
      Construct scope, String id, String deployment, List<PlatformSecret> secrets, IKey key) {
    super(scope, id);
    prefix = deployment + "/platforms/";
    for (PlatformSecret secret : secrets) {
      String name = secret.name().toLowerCase(Locale.ROOT);
      CfnSecret made =
          CfnSecret.Builder.create(this, secret.name())
              .name(prefix + name)
              .description(
                  "Keys for " + name + ": " + secret.shape() + "; every field may be missing")
              .kmsKeyId(key == null ? null : key.getKeyArn())
              .build();
      made.getCfnOptions().setDeletionPolicy(CfnDeletionPolicy.DELETE);
      Suppressions.suppress(
          made,
          "AwsSolutions-SMG4",
          "Only the platform that gave a key can give the next one, so no function can rotate it.");
    }
  }

  /** The common prefix of the names. */
  public String prefix() {
    return prefix;
  }

  /**
   * The ARN pattern of all present and future secrets: a key may be stored by hand later, and a
   * missing secret must be distinguishable from a forbidden one.
   */
  public String arnPattern() {
    return Stack.of(this)
        .formatArn(
            ArnComponents.builder()
                .service("secretsmanager")
                .resource("secret")
                .resourceName(prefix + "*")
                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .build());
  }
}
