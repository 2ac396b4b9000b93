package org.touchstone.intake.organisation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.Fetcher;
import org.touchstone.openid.OpenIdProvider;
import org.touchstone.openid.ProviderSettings;
import org.touchstone.secrets.Secret;
import org.touchstone.secrets.SecretSource;

/**
 * Wires the organisation's sign-in. Configuration: {@code touchstone.sign-in.issuer}, without which
 * there is none; {@code .client-id}; {@code .redirect-uri}, this deployment's address with {@code
 * signin/return} at its end; {@code .trust-emails}; {@code .secrets-prefix}, of the name of the
 * secret {@code sign-in} in Secrets Manager. Without the prefix, the client's secret is the
 * environment variable {@code TOUCHSTONE_SIGN_IN}; a public client has none.
 */
@ApplicationScoped
public class OrganisationBeans {
  private static final String SECRET = "sign-in";
  private static final long MAX_ANSWER = 1 << 20;

  /** Two answers fit into the time that API Gateway gives a request. */
  private static final Duration DEADLINE = Duration.ofSeconds(8);

  @Produces
  @Singleton
  OrganisationSignIn signIn(
      InstantSource clock,
      @ConfigProperty(name = "touchstone.sign-in.issuer") Optional<String> issuer,
      @ConfigProperty(name = "touchstone.sign-in.client-id") Optional<String> clientId,
      @ConfigProperty(name = "touchstone.sign-in.redirect-uri") Optional<String> redirectUri,
      @ConfigProperty(name = "touchstone.sign-in.trust-emails", defaultValue = "false")
          boolean trustEmails,
      @ConfigProperty(name = "touchstone.sign-in.secrets-prefix") Optional<String> secretsPrefix,
      @ConfigProperty(name = "touchstone.fetch.allow-private", defaultValue = "false")
          boolean allowPrivate) {
    if (issuer.isEmpty()) {
      return new OrganisationSignIn(Optional.empty());
    }
    if (clientId.isEmpty() || redirectUri.isEmpty()) {
      throw new IllegalStateException("a sign-in needs a client-id and a redirect-uri");
    }
    SecretSource secrets =
        secretsPrefix
            .map(SecretSource::inSecretsManager)
            .orElseGet(() -> SecretSource.onThisMachine("TOUCHSTONE_", null, System::getenv));
    String secret = secrets.find(SECRET).map(OrganisationBeans::whole).orElse(null);
    return new OrganisationSignIn(
        Optional.of(
            new OpenIdProvider(
                new ProviderSettings(
                    issuer.get(), clientId.get(), secret, redirectUri.get(), trustEmails),
                new Fetcher(FetchPolicy.ofService(allowPrivate, MAX_ANSWER, DEADLINE)),
                clock)));
  }

  private static String whole(Secret secret) {
    return secret.value("secret");
  }
}
