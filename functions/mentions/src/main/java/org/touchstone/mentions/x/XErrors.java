package org.touchstone.mentions.x;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;
import org.touchstone.mentions.platform.RateLimit;

/** X's refusals by name, and the limits that its answers tell. */
final class XErrors {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int PAYMENT_REQUIRED = 402;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;

  /** Longest window of any limit of X is a day; a later end is not believed. */
  private static final Duration LONGEST = Duration.ofHours(25);

  private static final Duration WINDOW = Duration.ofMinutes(15);

  private XErrors() {}

  /** The limit that an answer tells: of the daily one and that of a window the one used up. */
  static Optional<RateLimit> rateLimit(ApiReply reply, InstantSource clock) {
    return limit(reply, "x-user-limit-24hour-", clock)
        .filter(daily -> daily.remaining() == 0)
        .or(
            () ->
                limit(reply, "x-app-limit-24hour-", clock).filter(daily -> daily.remaining() == 0))
        .or(() -> limit(reply, "x-rate-limit-", clock));
  }

  private static Optional<RateLimit> limit(ApiReply reply, String prefix, InstantSource clock) {
    return reply.number(prefix + "reset").isEmpty() || reply.number(prefix + "remaining").isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RateLimit(
                reply.number(prefix + "limit").orElse(0),
                reply.number(prefix + "remaining").getAsLong(),
                Instant.ofEpochSecond(
                    Math.min(
                        reply.number(prefix + "reset").getAsLong(),
                        clock.instant().plus(LONGEST).getEpochSecond()))));
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
        kind, "X answered with status " + reply.status() + ".", retryAt, limit, 0);
  }

  private static Kind kind(ApiReply reply, boolean isWrite) {
    String said = said(reply);
    if (reply.isServerError()) {
      return isWrite ? Kind.LOST_ANSWER : Kind.UNAVAILABLE;
    }
    return switch (reply.status()) {
      case BAD_REQUEST -> said.contains("pagination_token") ? Kind.PAGE_EXPIRED : Kind.REJECTED;
      case UNAUTHORIZED -> Kind.UNAUTHORISED;
      case PAYMENT_REQUIRED -> Kind.OUT_OF_CREDIT;
      case FORBIDDEN -> forbidden(said);
      case NOT_FOUND -> isWrite ? Kind.DELETED : Kind.OTHER;
      case TOO_MANY ->
          said.contains("usage-capped") || said.contains("usage cap")
              ? Kind.OUT_OF_CREDIT
              : Kind.RATE_LIMITED;
      default -> Kind.OTHER;
    };
  }

  private static Kind forbidden(String said) {
    if (said.contains("duplicate content")) {
      return Kind.DUPLICATE;
    }
    if (said.contains("deleted or not visible")) {
      return Kind.DELETED;
    }
    if (said.contains("suspended")
        || said.contains("account is locked")
        || said.contains("temporarily locked")) {
      return Kind.SUSPENDED;
    }
    if (said.contains("blocked")) {
      return Kind.BLOCKED;
    }
    if (said.contains("protected") || said.contains("not-authorized-for-resource")) {
      return Kind.PROTECTED;
    }
    if (said.contains("reply to this conversation is not allowed")
        || said.contains("restricted who can reply")
        || said.contains("not been mentioned")) {
      return Kind.REPLY_RESTRICTED;
    }
    if (said.contains("credit") || said.contains("usage-capped")) {
      return Kind.OUT_OF_CREDIT;
    }
    return Kind.FORBIDDEN;
  }

  /** All that an answer says of its reason, in lower case. */
  private static String said(ApiReply reply) {
    StringBuilder said = new StringBuilder();
    said.append(ApiReply.text(reply.json(), "detail"))
        .append(' ')
        .append(ApiReply.text(reply.json(), "title"))
        .append(' ')
        .append(ApiReply.text(reply.json(), "type"));
    reply
        .json()
        .path("errors")
        .forEach(
            error ->
                said.append(' ')
                    .append(ApiReply.text(error, "message"))
                    .append(' ')
                    .append(ApiReply.text(error, "detail"))
                    .append(' ')
                    .append(error.path("parameters").toString()));
    return said.toString().toLowerCase(Locale.ROOT);
  }

  /** Why a post that was asked for is not in an answer. */
  static Kind missing(String type) {
    if (type.endsWith("/resource-not-found")) {
      return Kind.DELETED;
    }
    return type.endsWith("/not-authorized-for-resource") ? Kind.PROTECTED : Kind.FORBIDDEN;
  }
}
