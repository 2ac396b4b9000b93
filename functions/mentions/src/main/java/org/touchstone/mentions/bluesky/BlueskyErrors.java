package org.touchstone.mentions.bluesky;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;
import org.touchstone.mentions.platform.RateLimit;

/** Bluesky's refusals by name, and the limits that its answers tell. */
final class BlueskyErrors {
  private static final Duration LONGEST = Duration.ofHours(25);
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;

  private BlueskyErrors() {}

  static Optional<RateLimit> rateLimit(ApiReply reply, InstantSource clock) {
    if (reply.number("ratelimit-reset").isEmpty()
        || reply.number("ratelimit-remaining").isEmpty()) {
      return Optional.empty();
    }
    long latest = clock.instant().plus(LONGEST).getEpochSecond();
    return Optional.of(
        new RateLimit(
            reply.number("ratelimit-limit").orElse(0),
            reply.number("ratelimit-remaining").getAsLong(),
            Instant.ofEpochSecond(Math.min(reply.number("ratelimit-reset").getAsLong(), latest))));
  }

  /** An answer's error name; empty without one. */
  static String name(ApiReply reply) {
    return ApiReply.text(reply.json(), "error");
  }

  /** Whether the session's access token has ended. */
  static boolean isExpired(ApiReply reply) {
    return !reply.isSuccess()
        && (name(reply).equals("ExpiredToken")
            || name(reply).equals("InvalidToken")
            || name(reply).equals("AuthMissing"));
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
        kind, "Bluesky answered with status " + reply.status() + ".", retryAt, limit, 0);
  }

  private static Kind kind(ApiReply reply, boolean isWrite) {
    if (reply.isServerError()) {
      return isWrite ? Kind.LOST_ANSWER : Kind.UNAVAILABLE;
    }
    if (reply.status() == TOO_MANY) {
      return Kind.RATE_LIMITED;
    }
    return switch (name(reply)) {
      case "AccountTakedown",
          "AccountSuspended",
          "AccountDeactivated",
          "RepoTakendown",
          "RepoSuspended",
          "RepoDeactivated" ->
          Kind.SUSPENDED;
      case "RecordNotFound", "NotFound" -> Kind.DELETED;
      case "BlockedActor", "BlockedByActor" -> Kind.BLOCKED;
      case "InvalidRequest" -> Kind.REJECTED;
      case "AuthenticationRequired", "AuthFactorTokenRequired", "ExpiredToken", "InvalidToken" ->
          Kind.UNAUTHORISED;
      default -> reply.status() == UNAUTHORIZED ? Kind.UNAUTHORISED : Kind.OTHER;
    };
  }
}
