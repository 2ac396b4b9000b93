package org.touchstone.domain.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;

/**
 * An account: it owns analyses and pays for them. Keys come and go, the account stays.
 *
 * @param id its id, never changed and never used for another account
 * @param name what people call it
 * @param createdAt when
 * @param suspendedAt since when its keys are refused; absent while they are accepted
 * @param payer who pays for it elsewhere; absent for an account that the operator bills
 * @param endedAt since when its subscription has ended, so that it may start no analysis; absent
 *     while it goes on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Account(
    String id, String name, Instant createdAt, Instant suspendedAt, Payer payer, Instant endedAt) {
  public Account {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /** An account whose keys are accepted, and that the operator bills. */
  public static Account of(String id, String name, Instant createdAt) {
    return new Account(id, name, createdAt, null, null, null);
  }

  /** A copy whose keys are refused from an instant on; null to accept them again. */
  public Account suspended(Instant since) {
    return new Account(id, name, createdAt, since, payer, endedAt);
  }

  /** A copy that somebody pays for elsewhere. */
  public Account paidBy(Payer other) {
    return new Account(id, name, createdAt, suspendedAt, other, endedAt);
  }

  /** A copy that may start no analysis from an instant on; null for one that may again. */
  public Account ended(Instant since) {
    return new Account(id, name, createdAt, suspendedAt, payer, since);
  }
}
