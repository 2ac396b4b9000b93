package org.touchstone.acceptance;

import java.util.Objects;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.BatchLine;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Retention;
import org.touchstone.storage.Ids;

/**
 * What is asked for, before it is checked.
 *
 * @param accountId the account that owns the analysis and pays for it
 * @param keyId the id of the key by which it is asked for
 * @param input an upload, or a pasted text with one link in it
 * @param options how; absent for {@link JobOptions#DEFAULT}
 * @param callbackUrl where its end is announced, once; absent for nowhere
 * @param retention how long it is kept; absent for {@link Retention#DEFAULT}
 * @param idempotencyKey the caller's key; absent for a new analysis with each call
 * @param batch its place in a batch; absent when it is asked for alone. A batch's line needs no
 *     idempotency key: it is started once
 */
public record AcceptRequest(
    String accountId,
    String keyId,
    AnalysisInput input,
    JobOptions options,
    String callbackUrl,
    Retention retention,
    String idempotencyKey,
    BatchLine batch) {
  public AcceptRequest {
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(input, "input");
    options = options == null ? JobOptions.DEFAULT : options;
    if (batch != null && idempotencyKey != null) {
      throw new IllegalArgumentException("a batch's line has its own idempotency");
    }
  }

  /** A request of a caller. */
  public static AcceptRequest of(
      String accountId,
      String keyId,
      AnalysisInput input,
      JobOptions options,
      String idempotencyKey) {
    return new AcceptRequest(accountId, keyId, input, options, null, null, idempotencyKey, null);
  }

  /** The id of the analysis of a batch's line. */
  public static String idOf(String accountId, BatchLine line) {
    return Ids.analysisIdFor(accountId, "batch/" + line.batchId() + "/" + line.line());
  }

  /** Whether several calls of this request are to give one analysis. */
  boolean mayBeRepeated() {
    return idempotencyKey != null || batch != null;
  }
}
