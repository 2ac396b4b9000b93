package org.touchstone.fetch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the content at a link (RFC 9110 §14).
 *
 * @param from the first byte's position
 * @param length how many bytes, at least one
 */
public record ByteRange(long from, long length) {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

  public ByteRange {
    if (from < 0 || length < 1 || from + length < 0) {
      throw new IllegalArgumentException("not a range");
    }
  }

  /** The position after the last byte. */
  public long end() {
    return from + length;
  }

  /** The value of the {@code Range} header. */
  String header() {
    return "bytes=" + from + "-" + (end() - 1);
  }

  /** Whether a response with this {@code Content-Range} header holds this range. */
  boolean isThatOf(String contentRange) {
    Matcher given = CONTENT_RANGE.matcher(contentRange == null ? "" : contentRange.strip());
    return given.matches()
        && Long.parseLong(given.group(1)) == from
        && Long.parseLong(given.group(2)) == end() - 1;
  }
}
