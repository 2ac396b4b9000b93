package org.touchstone.local.models;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.fetch.FetchReply;

/**
 * The headers of a reply that describe the file (RFC 9110, sections 8.8 and 14).
 *
 * @param reply the reply to a request for a file or its end
 */
record FileReply(FetchReply reply) {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
  private static final Pattern BEYOND = Pattern.compile("bytes \\*/(\\d{1,18})");

  /** The version's validator for range requests; weak tags do not count. */
  Optional<String> validator() {
    return tag().or(() -> Optional.ofNullable(reply.header("Last-Modified")));
  }

  private Optional<String> tag() {
    return Optional.ofNullable(reply.header("ETag")).filter(FileReply::isTag);
  }

  private static boolean isTag(String validator) {
    return validator.startsWith("\"");
  }

  /** Whether the reply is of another version; false when either version lacks a tag. */
  boolean isOtherThan(Optional<String> version) {
    Optional<String> known = version.filter(FileReply::isTag);
    return known.isPresent() && tag().isPresent() && !tag().equals(known);
  }

  /** Size of the body in bytes; negative when unknown. */
  long bodyBytes() {
    if (reply.header("Content-Encoding") != null) {
      return -1;
    }
    String length = reply.header("Content-Length");
    return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
  }

  /** Size of the whole file in bytes, if the reply holds its end from that position on. */
  OptionalLong totalIfFrom(long position) {
    Matcher range = contentRange(RANGE);
    return range.matches() && Long.parseLong(range.group(1)) == position
        ? OptionalLong.of(Long.parseLong(range.group(2)))
        : OptionalLong.empty();
  }

  /** Whether the requested range begins where the file ends. */
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
