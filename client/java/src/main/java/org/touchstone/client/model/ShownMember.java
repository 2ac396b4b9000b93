package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;

/**
 * A person who may act for an account, known by the organisation's sign-in.
 *
 * @param id follows from the address
 * @param accountId the account
 * @param email their address, in lower case
 * @param scopes what they may do
 * @param createdAt when they were added
 * @param createdBy by which key or member
 */
public record ShownMember(
    String id,
    String accountId,
    String email,
    List<Scope> scopes,
    Instant createdAt,
    String createdBy) {
  public ShownMember {
    scopes = scopes == null ? List.of() : List.copyOf(scopes);
  }
}
