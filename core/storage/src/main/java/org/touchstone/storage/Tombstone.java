package org.touchstone.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;

/**
 * What is left of a deleted analysis, in the place of its request: nothing that was asked for. As
 * long as it is there, nothing brings the analysis back: neither a step of its workflow that comes
 * late, nor another request under the same idempotency key, whose execution could not start because
 * its name is taken.
 *
 * @param id the analysis' id
 * @param accountId the account that owned it
 * @param keyId id of the API key by which it was asked for
 * @param deletedAt when it was deleted; no request has this field
 * @param mark of whoever is about to remove the tombstone; absent before that
 */
public record Tombstone(
    String id,
    String accountId,
    String keyId,
    Instant deletedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) String mark) {
  public Tombstone {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(deletedAt, "deletedAt");
  }

  Tombstone marked(String by) {
    return new Tombstone(id, accountId, keyId, deletedAt, by);
  }
}
