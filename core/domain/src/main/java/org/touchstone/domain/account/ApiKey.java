package org.touchstone.domain.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

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
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKey(
    String id,
    String accountId,
    String name,
    Set<Scope> scopes,
    Instant createdAt,
    Instant expiresAt,
    Instant revokedAt) {
  public ApiKey {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(createdAt, "createdAt");
    EnumSet<Scope> ordered = EnumSet.noneOf(Scope.class);
    ordered.addAll(scopes == null ? Set.of() : scopes);
    scopes = Collections.unmodifiableSet(ordered);
  }

  /** What it is, in a line for people: its account, scopes and name. */
  public String summary() {
    return "account %s, scopes %s: %s"
        .formatted(
            accountId, scopes.stream().map(Scope::code).collect(Collectors.joining(",")), name);
  }

  /** Whether it is accepted at an instant. */
  public boolean isValidAt(Instant at) {
    return revokedAt == null && !hasExpiredAt(at);
  }

  public boolean hasExpiredAt(Instant at) {
    return expiresAt != null && !at.isBefore(expiresAt);
  }

  /** A copy that was revoked; the first instant holds. */
  public ApiKey revoked(Instant at) {
    return revokedAt != null
        ? this
        : new ApiKey(id, accountId, name, scopes, createdAt, expiresAt, at);
  }

  /** A copy that ends at an instant, or earlier if it ended earlier. */
  public ApiKey endingBy(Instant at) {
    return expiresAt != null && expiresAt.isBefore(at)
        ? this
        : new ApiKey(id, accountId, name, scopes, createdAt, at, revokedAt);
  }
}
