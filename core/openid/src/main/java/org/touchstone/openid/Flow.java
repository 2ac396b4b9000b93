package org.touchstone.openid;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.touchstone.domain.files.Sha256;

/**
 * The random texts of one sign-in, kept for the browser that began it.
 *
 * @param state comes back with the answer, which is thereby known to be that of this browser
 * @param nonce stands in the token, which is thereby known to be made for this sign-in
 * @param verifier proves that who exchanges the code is who asked for it (RFC 7636)
 */
public record Flow(String state, String nonce, String verifier) {
  private static final int BYTES = 32;

  public Flow {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(nonce, "nonce");
    Objects.requireNonNull(verifier, "verifier");
  }

  /**
   * A new sign-in.
   *
   * @param random a cryptographically strong source
   */
  public static Flow create(RandomGenerator random) {
    return new Flow(text(random), text(random), text(random));
  }

  /** The hash of the verifier, which the provider is told first. */
  String challenge() {
    return base64(Sha256.digest().digest(verifier.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String text(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return base64(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Shows none of them. */
  @Override
  public String toString() {
    return "Flow";
  }
}
