package org.touchstone.intake.access;

import java.util.Set;
import org.touchstone.domain.account.Scope;

/**
 * What a caller may do.
 *
 * @param accountId the account the caller acts for
 * @param keyId the id of the caller's API key
 * @param scopes what the key may be used for
 */
public record Access(String accountId, String keyId, Set<Scope> scopes) {
  public Access {
    scopes = Set.copyOf(scopes);
  }

  boolean allows(Scope needed) {
    return scopes.stream().anyMatch(scope -> scope.allows(needed));
  }
}
