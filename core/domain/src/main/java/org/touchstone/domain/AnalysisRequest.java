package org.touchstone.domain;

import java.time.Instant;
import java.util.Objects;

/**
 * An accepted request for an analysis; stored as {@code analyses/{id}/request.json}, never changed.
 *
 * @param id the analysis' id, also the execution's name
 * @param keyId key id of the account that pays for it
 * @param input what to analyse
 * @param options how
 * @param createdAt when it was accepted
 */
public record AnalysisRequest(
    String id, String keyId, AnalysisInput input, JobOptions options, Instant createdAt) {
  public AnalysisRequest {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(createdAt, "createdAt");
    options = options == null ? JobOptions.DEFAULT : options;
  }
}
