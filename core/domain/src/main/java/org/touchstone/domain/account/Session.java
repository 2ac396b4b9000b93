package org.touchstone.domain.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;

/**
 * A person's sign-in: for a while, a browser acts as the holder of an API key.
 *
 * @param accountId the account that the person acts for
 * @param keyId id of the key by which they signed in; the session ends with it
 * @param createdAt when they signed in
 * @param expiresAt when the session ends
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Session(String accountId, String keyId, Instant createdAt, Instant expiresAt) {
  public Session {
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }
}
