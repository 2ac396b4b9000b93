package org.touchstone.domain.webhook;

import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A secret that messages are signed with. Never printed by {@link #toString}.
 *
 * @param text {@code whsec_} and the key in Base64, as Standard Webhooks writes it
 * @param endsAt when a rotated secret is not signed with any more; absent for the current one
 */
public record SigningSecret(String text, Instant endsAt) {
  private static final String PREFIX = "whsec_";

  /** Standard Webhooks asks for 24 to 64 bytes. */
  private static final int KEY_BYTES = 32;

  public SigningSecret {
    Objects.requireNonNull(text, "text");
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a secret of another form");
    }
  }

  /**
   * A new secret.
   *
   * @param random a cryptographically strong source
   */
  public static SigningSecret create(RandomGenerator random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return new SigningSecret(PREFIX + Base64.getEncoder().encodeToString(key), null);
  }

  /** Whether messages of an instant are signed with it. */
  public boolean signsAt(Instant at) {
    return endsAt == null || at.isBefore(endsAt);
  }

  /** A copy that ends at an instant, or earlier if it ended earlier. */
  public SigningSecret endingBy(Instant at) {
    return endsAt != null && endsAt.isBefore(at) ? this : new SigningSecret(text, at);
  }

  /** The bytes of the key. */
  byte[] key() {
    return Base64.getDecoder().decode(text.substring(PREFIX.length()));
  }

  @Override
  public String toString() {
    return "a secret of webhooks";
  }
}
