package org.touchstone.intake.share;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.touchstone.domain.share.Share;

/**
 * A shared address as its owner sees it.
 *
 * @param id its random part
 * @param path the page's address, relative to the deployment's
 * @param createdAt when it was made
 * @param expiresAt when it ends; absent for never
 * @param revokedAt when it was ended; absent while it goes on
 * @param showMedia whether the media are shown too
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShownShare(
    String id,
    String path,
    Instant createdAt,
    Instant expiresAt,
    Instant revokedAt,
    boolean showMedia) {
  /** An address. */
  public static ShownShare of(Share share) {
    return new ShownShare(
        share.id(),
        "a/" + share.id(),
        share.createdAt(),
        share.expiresAt(),
        share.revokedAt(),
        share.showMedia());
  }
}
