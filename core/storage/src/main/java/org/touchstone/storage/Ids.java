package org.touchstone.storage;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Ids of 128 bits, written as 26 characters of Crockford's base 32 in lower case. They are valid in
 * URLs, in S3 keys and in names of Step Functions executions. This class also checks other parts of
 * keys.
 */
public final class Ids {
  static final Pattern ID = Pattern.compile("[0-7][0-9a-hjkmnp-tv-z]{25}");

  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int LENGTH = 26;
  private static final int BITS_PER_CHARACTER = 5;
  private static final int TIME_BITS = 48;

  private Ids() {}

  /**
   * A new analysis id in the layout of a ULID: 48 bits of milliseconds since 1970, then 80 random
   * bits, so that ids sort by time.
   *
   * @throws IllegalArgumentException when the instant does not fit into 48 bits
   */
  public static String analysisId(Instant now, RandomGenerator random) {
    long millis = now.toEpochMilli();
    if (millis < 0 || millis >>> TIME_BITS != 0) {
      throw new IllegalArgumentException("an instant before 1970 or after the year 10889");
    }
    long high = millis << (Long.SIZE - TIME_BITS) | random.nextLong() >>> TIME_BITS;
    return encode(ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(random.nextLong()));
  }

  /**
   * The analysis id for an idempotency key: the same account and key give the same id, and
   * different accounts never share an id.
   */
  public static String analysisIdFor(String accountId, String idempotencyKey) {
    Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    byte[] account = accountId.getBytes(StandardCharsets.UTF_8);
    byte[] key = idempotencyKey.getBytes(StandardCharsets.UTF_8);
    ByteBuffer both =
        ByteBuffer.allocate(Integer.BYTES + account.length + key.length)
            .putInt(account.length)
            .put(account)
            .put(key);
    return idOf(both.array());
  }

  /** An id that follows from a content: the first 128 bits of its SHA-256. */
  static String idOf(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return encode(ByteBuffer.wrap(Arrays.copyOf(digest, 2 * Long.BYTES)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether this has the form of an analysis id; the analysis need not exist. */
  public static boolean isAnalysisId(String id) {
    return id != null && ID.matcher(id).matches();
  }

  /** Whether this has the form of an account id; the account need not exist. */
  public static boolean isAccountId(String id) {
    return Keys.isAccountId(id);
  }

  /** Whether this is a valid name of an endpoint or a detector. */
  public static boolean isName(String name) {
    return Keys.isName(name);
  }

  /** Whether this is a SHA-256 as media have it: 64 lower-case hexadecimal digits. */
  public static boolean isSha256(String sha256) {
    return Keys.isSha256(sha256);
  }

  /** A new id. It cannot be guessed if the generator is cryptographically strong. */
  static String randomId(RandomGenerator random) {
    return encode(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(random.nextLong()).putLong(random.nextLong()));
  }

  private static String encode(ByteBuffer bits) {
    BigInteger rest = new BigInteger(1, bits.array());
    char[] text = new char[LENGTH];
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = ALPHABET[rest.intValue() & ALPHABET.length - 1];
      rest = rest.shiftRight(BITS_PER_CHARACTER);
    }
    return new String(text);
  }
}
