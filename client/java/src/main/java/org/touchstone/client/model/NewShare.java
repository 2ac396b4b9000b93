package org.touchstone.client.model;

import java.time.Instant;

/**
 * The body of a request to share a result.
 *
 * @param expiresAt when the address ends; null for never
 * @param showMedia whether the media are shown too, and pictures made of them; null for false
 */
public record NewShare(Instant expiresAt, Boolean showMedia) {
  /** An address without an end that does not show the media. */
  public static final NewShare DEFAULT = new NewShare(null, null);
}
