package org.touchstone.local.models;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.fetch.FetchReply;

/**
 * What the headers of a reply say of the file (RFC 9110, sections 8.8 and 14).
 *
 * @param reply to a request for a file or its end
 */
record FileReply(FetchReply reply) {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
  private static final Pattern BEYOND = Pattern.compile("bytes \\*/(\\d{1,18})");

  /** A name for the version that a range of bytes must be of; weak tags are none. */
  Optional<String> validator() {
    return tag().or(() -> Optional.ofNullable(reply.header("Last-Modified")));
  }

  private Optional<String> tag() {
    return Optional.ofNullable(reply.header("ETag")).filter(FileReply::isTag);
  }

  private static boolean isTag(String validator) {
    return validator.startsWith("\"");
  }

  /** Whether it says that it is of another version, as far as both have tags. */
  boolean isOtherThan(Optional<String> version) {
    Optional<String> known = version.filter(FileReply::isTag);
    return known.isPresent() && tag().isPresent() && !tag().equals(known);
  }

  /** Bytes of the body; negative when it is not told. */
  long bodyBytes() {
    String length = reply.header("Content-Length");
    return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
  }

  /** Bytes of the whole file, if this is its end from that position on. */
  OptionalLong totalIfFrom(long position) {
    Matcher range = contentRange(RANGE);
    return range.matches() && Long.parseLong(range.group(1)) == position
        ? OptionalLong.of(Long.parseLong(range.group(2)))
        : OptionalLong.empty();
  }

  /** Whether the range that was asked for begins where the file ends. */
  boolean endsAt(long position) {
    Matcher end = contentRange(BEYOND);
    return end.matches() && Long.parseLong(end.group(1)) == position;
  }

  private Matcher contentRange(Pattern form) {
    return form.matcher(Optional.ofNullable(reply.header("Content-Range")).orElse(""));
  }

  boolean isWebPage() {
    String type = Optional.ofNullable(reply.header("Content-Type")).orElse("");
    type = type.strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/html") || type.startsWith("application/xhtml");
  }
}
