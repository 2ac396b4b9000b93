package org.touchstone.infra.security;

import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/**
 * Secrets with keys of other organisations' services, created empty for the operator to fill in.
 * The template does not set a value, so that later deployments cannot overwrite the operator's.
 */
public final class KeySecrets {
  private final Construct owner;
  private final String prefix;
  private final IKey key;

  /**
   * No secrets yet.
   *
   * @param owner the construct that they are part of
   * @param prefix the common start of their names
   * @param key encrypts them, or null for Secrets Manager's own key
   */
  public KeySecrets(Construct owner, String prefix, IKey key) {
    this.owner = owner;
    this.prefix = prefix;
    this.key = key;
  }

  /**
   * Adds one.
   *
   * @param id its identity in the owner
   * @param name its name, without the prefix
   * @param description what belongs in it, for the operator
   */
  public void add(String id, String name, String description) {
    CfnSecret made =
        CfnSecret.Builder.create(owner, id)
            .name(prefix + name)
            .description(description)
            .kmsKeyId(key == null ? null : key.getKeyArn())
            .build();
    made.getCfnOptions().setDeletionPolicy(CfnDeletionPolicy.DELETE);
    Suppressions.suppress(
        made,
        "AwsSolutions-SMG4",
        "Only the provider that gave a key can give the next one, so no function can rotate it.");
  }

  /** The common start of the names. */
  public String prefix() {
    return prefix;
  }

  /**
   * The ARN pattern of all present and future secrets: a key may be stored by hand later, and a
   * missing secret must be distinguishable from a forbidden one.
   */
  public String arnPattern() {
    return Stack.of(owner)
        .formatArn(
            ArnComponents.builder()
                .service("secretsmanager")
                .resource("secret")
                .resourceName(prefix + "*")
                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .build());
  }
}
