package org.touchstone.partners.ask;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.touchstone.domain.Reason;
import org.touchstone.partners.voter.Voter;
import org.touchstone.secrets.Secret;
import org.touchstone.storage.CallbackAnswer;

/**
 * Checks that a callback comes from somebody who knows the voter's secret, where it is asked for.
 */
final class CallbackProof {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";

  private CallbackProof() {}

  /**
   * Checks a callback.
   *
   * @param secret the voter's; null without one
   * @throws AbstentionException when its proof is missing or wrong
   */
  static void check(Voter voter, Secret secret, CallbackAnswer answer) throws AbstentionException {
    Voter.Callback callback = voter.callback();
    if (callback == null || callback.header() == null) {
      return;
    }
    String placeholder = callback.secret().substring(1, callback.secret().length() - 1);
    String key = secret == null ? null : secret.value(placeholder);
    if (key == null) {
      throw new AbstentionException(
          Reason.ERROR, "The secret of " + voter.provider() + " is not there or has no such part.");
    }
    String proof = answer.proof() == null ? "" : answer.proof().strip();
    boolean holds = callback.hmac() ? isHmac(proof, key, answer.body()) : same(proof, key);
    if (!holds) {
      throw new AbstentionException(
          Reason.ERROR,
          "A callback for " + voter.provider() + " did not prove that it is from there.");
    }
  }

  /** The digest in hexadecimal, as GitHub's with its prefix or without, or in base 64. */
  private static boolean isHmac(String proof, String key, byte[] body) {
    byte[] expected;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      expected = mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
    String digits = proof.startsWith(PREFIX) ? proof.substring(PREFIX.length()) : proof;
    return same(digits.toLowerCase(Locale.ROOT), HexFormat.of().formatHex(expected))
        || same(digits, Base64.getEncoder().encodeToString(expected));
  }

  /** Compares in a time that says nothing of where they differ. */
  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
