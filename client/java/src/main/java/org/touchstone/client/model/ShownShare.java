package org.touchstone.client.model;

import java.time.Instant;

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
public record ShownShare(
    String id,
    String path,
    Instant createdAt,
    Instant expiresAt,
    Instant revokedAt,
    Boolean showMedia) {}
