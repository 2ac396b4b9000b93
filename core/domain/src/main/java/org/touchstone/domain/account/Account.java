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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Account(String id, String name, Instant createdAt, Instant suspendedAt) {
  public Account {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /** A copy whose keys are refused from an instant on; null to accept them again. */
  public Account suspended(Instant since) {
    return new Account(id, name, createdAt, since);
  }
}
