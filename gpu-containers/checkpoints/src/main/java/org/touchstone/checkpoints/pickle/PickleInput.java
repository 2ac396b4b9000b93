package org.touchstone.checkpoints.pickle;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The numbers and texts that follow opcodes.
 *
 * @param bytes the bytes to read; reading past their end is an error of the pickle
 */
record PickleInput(ByteBuffer bytes) {
  private static final int MAX_TEXT_BYTES = 1 << 20;
  private static final int MAX_LINE = 4096;

  PickleInput {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  int unsignedByte() {
    return bytes.get() & 0xff;
  }

  int unsignedShort() {
    return bytes.getShort() & 0xffff;
  }

  long unsignedInt() {
    return bytes.getInt() & 0xffffffffL;
  }

  int signedInt() {
    return bytes.getInt();
  }

  long signedLong() {
    return bytes.getLong();
  }

  double bigEndianDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
  }

  byte[] array(long length) throws PickleException {
    if (length < 0 || length > MAX_TEXT_BYTES) {
      throw PickleException.malformed("the pickle has a text of " + length + " bytes");
    }
    if (length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] array = new byte[(int) length];
    bytes.get(array);
    return array;
  }

  String utf8(long length) throws PickleException {
    return new String(array(length), StandardCharsets.UTF_8);
  }

  /** Reads a little-endian number of any length: a {@link Long} if it fits. */
  Number integer(int length) throws PickleException {
    byte[] bigEndian = array(length);
    for (int i = 0; i < length / 2; i++) {
      byte b = bigEndian[i];
      bigEndian[i] = bigEndian[length - 1 - i];
      bigEndian[length - 1 - i] = b;
    }
    BigInteger value = length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    return value;
  }

  String line() throws PickleException {
    StringBuilder line = new StringBuilder();
    for (int c = bytes.get(); c != '\n'; c = bytes.get()) {
      if (line.length() == MAX_LINE) {
        throw PickleException.malformed("the pickle has an endless line");
      }
      line.append((char) (c & 0xff));
    }
    return line.toString();
  }

  long decimal() throws PickleException {
    return decimal(line());
  }

  static long decimal(String digits) throws PickleException {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw PickleException.malformed("the pickle has an invalid number");
    }
  }
}
