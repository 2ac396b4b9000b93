package org.touchstone.emulators.stepfunctions.integration;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The text of a task token: 16 random bytes nobody can guess, the execution it belongs to, and a
 * checksum. The checksum distinguishes a token from before a restart from text that never was a
 * token.
 */
final class TaskToken {
  private static final byte VERSION = 1;
  private static final int RANDOM_BYTES = 16;
  private static final int CHECK_BYTES = 4;
  private static final int MAX_LENGTH = 2048;

  private TaskToken() {}

  static String create(String executionArn, SecureRandom random) {
    byte[] arn = executionArn.getBytes(StandardCharsets.UTF_8);
    byte[] secret = new byte[RANDOM_BYTES];
    random.nextBytes(secret);
    ByteBuffer body = ByteBuffer.allocate(1 + RANDOM_BYTES + arn.length + CHECK_BYTES);
    body.put(VERSION).put(secret).put(arn);
    body.putInt(checkSum(body.array(), body.position()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(body.array());
  }

  /** The ARN of the execution a token was made for; empty when the text is not a token. */
  static Optional<String> executionArn(String token) {
    if (token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int end = bytes.length - CHECK_BYTES;
    if (end < 1 + RANDOM_BYTES
        || bytes[0] != VERSION
        || ByteBuffer.wrap(bytes).getInt(end) != checkSum(bytes, end)) {
      return Optional.empty();
    }
    return Optional.of(
        new String(Arrays.copyOfRange(bytes, 1 + RANDOM_BYTES, end), StandardCharsets.UTF_8));
  }

  private static int checkSum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
