package org.touchstone.domain.account;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API key: {@code tsk_ID_SECRETCHECKSUM} in Crockford's base 32, lower case. The
 * prefix lets scanners for secrets find it; the id has 65 random bits, the secret 260, and the
 * checksum, a CRC-32 of all before it, tells a mistyped key from a false one without a look into
 * the store. Never printed by {@link #toString}.
 */
public final class KeyText {
  /** What scanners for secrets may look for. */
  public static final Pattern PATTERN =
      Pattern.compile(
          "tsk_(?<id>[0-9a-hjkmnp-tv-z]{13})_[0-9a-hjkmnp-tv-z]{52}(?<sum>[0-9a-z]{7})");

  private static final String PREFIX = "tsk_";
  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int ID_LENGTH = 13;
  private static final int SECRET_LENGTH = 52;
  private static final int SUM_LENGTH = 7;
  private static final int BITS = 5;

  private final String text;
  private final String id;

  private KeyText(String text, String id) {
    this.text = text;
    this.id = id;
  }

  /**
   * A new key.
   *
   * @param random a cryptographically strong source
   */
  public static KeyText create(RandomGenerator random) {
    String id = characters(random, ID_LENGTH);
    String body = PREFIX + id + "_" + characters(random, SECRET_LENGTH);
    return new KeyText(body + checksum(body), id);
  }

  /** The key in a text; empty when it has another form or was mistyped. */
  public static Optional<KeyText> parse(String text) {
    if (text == null) {
      return Optional.empty();
    }
    Matcher parts = PATTERN.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String body = text.substring(0, text.length() - SUM_LENGTH);
    return parts.group("sum").equals(checksum(body))
        ? Optional.of(new KeyText(text, parts.group("id")))
        : Optional.empty();
  }

  /** The key's id. */
  public String id() {
    return id;
  }

  /** The whole key, to be shown to its holder once. */
  public String reveal() {
    return text;
  }

  /** SHA-256 of the text in lower-case hexadecimal: all that is stored of it. */
  public String sha256() {
    return HexFormat.of().formatHex(digest());
  }

  /** Whether a stored hash is this key's, in a time that does not depend on where they differ. */
  public boolean matches(String sha256) {
    return MessageDigest.isEqual(
        sha256().getBytes(StandardCharsets.US_ASCII), sha256.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "key " + id;
  }

  private byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String characters(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET[random.nextInt() >>> (Integer.SIZE - BITS)]);
    }
    return text.toString();
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    BigInteger rest = BigInteger.valueOf(crc.getValue());
    char[] text = new char[SUM_LENGTH];
    for (int i = SUM_LENGTH - 1; i >= 0; i--) {
      text[i] = ALPHABET[rest.intValue() & ALPHABET.length - 1];
      rest = rest.shiftRight(BITS);
    }
    return new String(text);
  }
}
