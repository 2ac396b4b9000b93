package org.touchstone.payers.stripe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stripe's signature of an event: {@code t=SECONDS,v1=HEX,…}, where HEX is the HMAC-SHA256 of
 * {@code SECONDS.BODY}. While a secret is replaced there are several.
 */
final class StripeSignature {
  /** How far Stripe's clock and ours may differ, which also bounds a replay. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int MAX_HEADER = 4096;
  private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

  private StripeSignature() {}

  /**
   * Whether one of the signatures is of one of the secrets, and new enough.
   *
   * @param header the value of {@code Stripe-Signature}; null without it
   */
  static boolean isValid(String header, byte[] body, List<String> secrets, Instant now) {
    if (header == null || header.length() > MAX_HEADER) {
      return false;
    }
    String time = null;
    List<String> signatures = new ArrayList<>();
    for (String part : header.split(",")) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).strip();
      String value = part.substring(equals + 1).strip();
      if (name.equals("t") && time == null) {
        time = value;
      } else if (name.equals("v1")) {
        signatures.add(value);
      }
    }
    if (time == null || !SECONDS.matcher(time).matches()) {
      return false;
    }
    Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs();
    if (apart.compareTo(TOLERANCE) > 0) {
      return false;
    }
    boolean found = false;
    for (String secret : secrets) {
      byte[] expected = sign(secret, time, body).getBytes(StandardCharsets.US_ASCII);
      for (String signature : signatures) {
        found |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  /** The signature of a body at a time, in lower-case hexadecimal. */
  static String sign(String secret, String seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
