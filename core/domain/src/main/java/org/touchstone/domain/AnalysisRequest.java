package org.touchstone.domain;

import java.time.Instant;
import java.util.Objects;

/**
 * An accepted request for an analysis; stored as {@code analyses/{id}/request.json}, never changed.
 *
 * @param id the analysis' id, also the execution's name
 * @param accountId the account that owns it and pays for it; in requests of older versions, which
 *     lack it, the key's id is also the account's
 * @param keyId id of the API key by which it was asked for
 * @param input what to analyse
 * @param options how
 * @param createdAt when it was accepted
 */
public record AnalysisRequest(
    String id,
    String accountId,
    String keyId,
    AnalysisInput input,
    JobOptions options,
    Instant createdAt) {
  public AnalysisRequest {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(keyId, "keyId");
    accountId = accountId == null ? keyId : accountId;
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(createdAt, "createdAt");
    options = options == null ? JobOptions.DEFAULT : options;
  }
}
