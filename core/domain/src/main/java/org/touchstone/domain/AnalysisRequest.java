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
 * @param callbackUrl where its end is announced, once; absent for nowhere
 * @param retention how long it is kept; absent for {@link Retention#DEFAULT}
 * @param batch its place in a batch; absent when it was asked for alone
 */
public record AnalysisRequest(
    String id,
    String accountId,
    String keyId,
    AnalysisInput input,
    JobOptions options,
    Instant createdAt,
    String callbackUrl,
    Retention retention,
    BatchLine batch) {
  public AnalysisRequest {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(keyId, "keyId");
    accountId = accountId == null ? keyId : accountId;
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(createdAt, "createdAt");
    options = options == null ? JobOptions.DEFAULT : options;
  }

  /** A request that is kept as long as others, and is announced to nobody in particular. */
  public AnalysisRequest(
      String id,
      String accountId,
      String keyId,
      AnalysisInput input,
      JobOptions options,
      Instant createdAt) {
    this(id, accountId, keyId, input, options, createdAt, null, null, null);
  }

  /** Whether it is deleted soon after its end. */
  public boolean endsSoon() {
    return retention == Retention.NONE;
  }
}
