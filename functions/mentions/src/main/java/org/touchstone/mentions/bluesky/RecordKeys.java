package org.touchstone.mentions.bluesky;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * The record key of a reply, made of what it answers: every attempt writes to the same place. Keys
 * of posts are timestamps in microseconds with a clock's number, in 13 letters of a base 32 that
 * sorts (TID); this one lies within a second of the mention's own.
 */
final class RecordKeys {
  private static final String LETTERS = "234567abcdefghijklmnopqrstuvwxyz";
  private static final Pattern TID =
      Pattern.compile("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}");
  private static final int LENGTH = 13;
  private static final int LETTER_BITS = 5;
  private static final int CLOCK_BITS = 10;
  private static final long CLOCK_MASK = (1 << CLOCK_BITS) - 1;
  private static final long SECOND = 1_000_000;

  /** 2023-01-01 and 2100-01-01, in microseconds. */
  private static final long EARLIEST = 1_672_531_200L * SECOND;

  private static final long LATEST = 4_102_444_800L * SECOND;

  private RecordKeys() {}

  /**
   * A key.
   *
   * @param mentionKey the record key of the mention
   * @param intentKey the key of the intended reply
   */
  static String of(String mentionKey, String intentKey) {
    long hash = hash(intentKey);
    long micros = Math.floorMod(hash >>> CLOCK_BITS, SECOND) + base(mentionKey);
    long value = micros << CLOCK_BITS | hash & CLOCK_MASK;
    char[] letters = new char[LENGTH];
    for (int i = LENGTH - 1; i >= 0; i--) {
      letters[i] = LETTERS.charAt((int) (value & (LETTERS.length() - 1)));
      value >>>= LETTER_BITS;
    }
    return new String(letters);
  }

  private static long base(String mentionKey) {
    if (!TID.matcher(mentionKey).matches()) {
      return EARLIEST;
    }
    long value = 0;
    for (char letter : mentionKey.toCharArray()) {
      value = value << LETTER_BITS | LETTERS.indexOf(letter);
    }
    long micros = value >>> CLOCK_BITS;
    return micros >= EARLIEST && micros < LATEST ? micros : EARLIEST;
  }

  private static long hash(String text) {
    try {
      return ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
          .getLong();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this machine has no SHA-256", e);
    }
  }
}
