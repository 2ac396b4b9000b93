package org.touchstone.infra.api;

import java.util.Map;
import org.touchstone.infra.config.DeploymentConfig.SignInConfig;
import org.touchstone.infra.contract.Setting;
import org.touchstone.infra.security.KeySecrets;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/** The organisation's sign-in: what the intake is told of it, and the place of its secret. */
public final class SignIn extends Construct {
  private final KeySecrets secrets;

  /**
   * @param deployment the deployment's prefix
   * @param config the sign-in, or null without one
   * @param key encrypts the secret, or null for Secrets Manager's own key
   */
  public SignIn(Construct scope, String id, String deployment, SignInConfig config, IKey key) {
    super(scope, id);
    secrets = new KeySecrets(this, deployment + "/sign-in/", key);
    if (config != null) {
      secrets.add(
          "Secret",
          "sign-in",
          "The client's secret at the organisation's sign-in, as text; empty for a public client");
    }
  }

  /**
   * Adds what the intake is told.
   *
   * @param config the sign-in, or null without one
   * @param publicUrl the deployment's address, with a slash at the end
   */
  public void tell(Map<Setting, String> settings, SignInConfig config, String publicUrl) {
    if (config != null) {
      settings.put(Setting.SIGN_IN_ISSUER, config.issuer());
      settings.put(Setting.SIGN_IN_CLIENT_ID, config.clientId());
      settings.put(Setting.SIGN_IN_REDIRECT_URI, publicUrl + "signin/return");
      settings.put(Setting.SIGN_IN_TRUST_EMAILS, Boolean.toString(config.trustEmails()));
      settings.put(Setting.SIGN_IN_SECRETS_PREFIX, secrets.prefix());
    }
  }

  /** The ARN pattern of the secret. */
  public String arnPattern() {
    return secrets.arnPattern();
  }
}
