package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;

/**
 * A key with its text.
 *
 * @param id names the key without being it
 * @param accountId the account that callers with it act for
 * @param name what it is for, as its maker said
 * @param scopes what it may be used for
 * @param createdAt when it was made
 * @param expiresAt when it ends; absent for never
 * @param revokedAt when it was revoked; absent if it was not
 * @param secret the text, to be kept by its holder: it is shown in this answer only
 */
public record ShownKey(
    String id,
    String accountId,
    String name,
    List<Scope> scopes,
    Instant createdAt,
    Instant expiresAt,
    Instant revokedAt,
    String secret) {
  public ShownKey {
    scopes = scopes == null ? List.of() : List.copyOf(scopes);
  }

  /** Without what must not get into a log. */
  @Override
  public String toString() {
    return "ShownKey[id=" + id + "]";
  }
}
