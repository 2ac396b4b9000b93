package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;

/**
 * An API key without its text, which only its holder has.
 *
 * @param id names the key without being it
 * @param accountId the account that callers with it act for
 * @param name what it is for, as its maker said
 * @param scopes what it may be used for
 * @param createdAt when it was made
 * @param expiresAt when it ends; absent for never
 * @param revokedAt when it was revoked; absent if it was not
 */
public record ApiKey(
    String id,
    String accountId,
    String name,
    List<Scope> scopes,
    Instant createdAt,
    Instant expiresAt,
    Instant revokedAt) {
  public ApiKey {
    scopes = scopes == null ? List.of() : List.copyOf(scopes);
  }
}
