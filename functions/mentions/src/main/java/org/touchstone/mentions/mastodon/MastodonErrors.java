package org.touchstone.mentions.mastodon;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;
import org.touchstone.mentions.platform.RateLimit;

/** Mastodon's refusals by name, and the limits that its answers tell. */
final class MastodonErrors {
  /** The window of its limits; no end is believed that is much later. */
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private static final Duration LONGEST = Duration.ofHours(25);

  private MastodonErrors() {}

  static Optional<RateLimit> rateLimit(ApiReply reply, InstantSource clock) {
    Instant reset = time(reply.header("x-ratelimit-reset").orElse(""));
    if (reset == null || reply.number("x-ratelimit-remaining").isEmpty()) {
      return Optional.empty();
    }
    Instant latest = clock.instant().plus(LONGEST);
    return Optional.of(
        new RateLimit(
            reply.number("x-ratelimit-limit").orElse(0),
            reply.number("x-ratelimit-remaining").getAsLong(),
            reset.isAfter(latest) ? latest : reset));
  }

  /**
   * The refusal that an answer without success is.
   *
   * @param isWrite whether a reply may have been posted although the server failed
   */
  static PlatformException of(ApiReply reply, boolean isWrite, InstantSource clock) {
    Kind kind = kind(reply, isWrite);
    RateLimit limit = rateLimit(reply, clock).orElse(null);
    Instant retryAt =
        kind == Kind.RATE_LIMITED
            ? limit == null ? clock.instant().plus(WINDOW) : limit.resetAt()
            : null;
    return new PlatformException(
        kind,
        "The Mastodon server answered with status " + reply.status() + ".",
        retryAt,
        limit,
        0);
  }

  private static Kind kind(ApiReply reply, boolean isWrite) {
    if (reply.isServerError()) {
      return isWrite ? Kind.LOST_ANSWER : Kind.UNAVAILABLE;
    }
    String said = ApiReply.text(reply.json(), "error").toLowerCase(Locale.ROOT);
    return switch (reply.status()) {
      case 401 -> Kind.UNAUTHORISED;
      case 403 ->
          said.contains("disabled")
                  || said.contains("suspended")
                  || said.contains("pending approval")
                  || said.contains("missing a confirmed")
              ? Kind.SUSPENDED
              : Kind.FORBIDDEN;
      case 404, 410 -> Kind.DELETED;
      case 422 -> said.contains("duplicate") ? Kind.DUPLICATE : Kind.REJECTED;
      case 429 -> Kind.RATE_LIMITED;
      case 400 -> Kind.REJECTED;
      default -> Kind.OTHER;
    };
  }

  static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
