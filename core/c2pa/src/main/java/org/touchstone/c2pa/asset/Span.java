package org.touchstone.c2pa.asset;

/**
 * Consecutive bytes of a file.
 *
 * @param start position of the first, from 0
 * @param length how many; not negative
 */
public record Span(long start, long length) {
  public Span {
    if (start < 0 || length < 0 || start > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException("not a span of a file");
    }
  }

  /** Position after the last byte. */
  public long end() {
    return start + length;
  }
}
