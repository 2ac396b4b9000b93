package org.touchstone.domain.share;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;

/**
 * An address at which everybody who knows it sees an analysis' result.
 *
 * @param id the address' random part, of 128 bits; it says nothing of the analysis
 * @param analysisId the analysis
 * @param accountId the account that owns the analysis
 * @param createdBy id of the key by which it was shared
 * @param createdAt when
 * @param expiresAt when it ends; absent for never
 * @param revokedAt when its owner ended it; absent while it goes on
 * @param showMedia whether the media themselves are shown, and pictures made of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Share(
    String id,
    String analysisId,
    String accountId,
    String createdBy,
    Instant createdAt,
    Instant expiresAt,
    Instant revokedAt,
    boolean showMedia) {
  public Share {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(analysisId, "analysisId");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /** Whether it shows the result at an instant. */
  public boolean isOpenAt(Instant at) {
    return revokedAt == null && (expiresAt == null || at.isBefore(expiresAt));
  }

  /** A copy that its owner ended; the first instant holds. */
  public Share revoked(Instant at) {
    return revokedAt != null
        ? this
        : new Share(id, analysisId, accountId, createdBy, createdAt, expiresAt, at, showMedia);
  }
}
