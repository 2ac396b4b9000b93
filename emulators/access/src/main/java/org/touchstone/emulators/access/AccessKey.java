package org.touchstone.emulators.access;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * An access key: what AWS' clients sign their requests with.
 *
 * @param id is sent with each request
 * @param secret is never sent
 */
public record AccessKey(String id, String secret) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 20;

  /** A key that nobody else on this machine knows. */
  public static AccessKey random(String id) {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return new AccessKey(id, HexFormat.of().formatHex(secret));
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return id;
  }
}
