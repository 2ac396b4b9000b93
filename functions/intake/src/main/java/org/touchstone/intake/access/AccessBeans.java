package org.touchstone.intake.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.MemberStore;

/**
 * Wires the check of callers. Configuration: {@code touchstone.account}, the id of the deployment's
 * first account; {@code touchstone.api.open}, whether callers need no key and act for that account.
 */
@ApplicationScoped
public class AccessBeans {
  @Produces
  @Singleton
  AccessRule accessRule(
      KeyStore keys,
      MemberStore members,
      AccountStore accounts,
      InstantSource clock,
      @ConfigProperty(name = "touchstone.account", defaultValue = "local") String firstAccount,
      @ConfigProperty(name = "touchstone.api.open", defaultValue = "false") boolean open) {
    if (open && System.getenv("AWS_LAMBDA_FUNCTION_NAME") != null) {
      throw new IllegalStateException("an API on AWS cannot be without keys");
    }
    return open
        ? AccessRule.open(firstAccount)
        : AccessRule.keys(new Authenticator(keys, members, accounts, clock), firstAccount);
  }
}
