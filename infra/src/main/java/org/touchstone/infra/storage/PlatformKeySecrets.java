package org.touchstone.infra.storage;

import java.util.List;
import java.util.Locale;
import org.touchstone.infra.config.DeploymentConfig.PlatformSecret;
import org.touchstone.infra.security.KeySecrets;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/** Secrets with the platforms' keys. The description of each shows its expected content. */
public final class PlatformKeySecrets extends Construct {
  private final KeySecrets secrets;

  /**
   * @param deployment the deployment's prefix
   * @param key encrypts them, or null for Secrets Manager's own key
   */
  public PlatformKeySecrets(
      Construct scope, String id, String deployment, List<PlatformSecret> platforms, IKey key) {
    super(scope, id);
    secrets = new KeySecrets(this, deployment + "/platforms/", key);
    for (PlatformSecret platform : platforms) {
      String name = platform.name().toLowerCase(Locale.ROOT);
      secrets.add(
          platform.name(),
          name,
          "Keys for " + name + ": " + platform.shape() + "; every field may be missing");
    }
  }

  /** The common prefix of the names. */
  public String prefix() {
    return secrets.prefix();
  }

  /** The ARN pattern of all present and future secrets. */
  public String arnPattern() {
    return secrets.arnPattern();
  }
}
