package org.touchstone.domain.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A person who may act for an account, known by their organisation's sign-in.
 *
 * @param id follows from the address
 * @param accountId the account
 * @param email their address, in lower case
 * @param scopes what they may do
 * @param createdAt when they were added; a session from before is none
 * @param createdBy id of the key, or of the member, by which they were added
 * @param subject who they are at the provider, kept from their first sign-in on: whoever gets the
 *     address later is not them. Absent before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Member(
    String id,
    String accountId,
    String email,
    Set<Scope> scopes,
    Instant createdAt,
    String createdBy,
    String subject) {
  private static final String PRINCIPAL = "m_";

  public Member {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(createdAt, "createdAt");
    EnumSet<Scope> ordered = EnumSet.noneOf(Scope.class);
    ordered.addAll(scopes == null ? Set.of() : scopes);
    scopes = Collections.unmodifiableSet(ordered);
  }

  /** What stands for the member where else the id of a key stands; never that of a key. */
  public String principal() {
    return PRINCIPAL + id;
  }

  /** Whether this stands for a member. */
  public static boolean isPrincipal(String keyId) {
    return keyId.startsWith(PRINCIPAL);
  }

  /** The id of the member that this stands for. */
  public static String idOf(String principal) {
    return principal.substring(PRINCIPAL.length());
  }

  /** A copy that is known at the provider; the first time holds. */
  public Member signedInAs(String who) {
    return subject != null
        ? this
        : new Member(id, accountId, email, scopes, createdAt, createdBy, who);
  }
}
