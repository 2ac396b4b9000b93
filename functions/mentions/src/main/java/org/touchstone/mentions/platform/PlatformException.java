package org.touchstone.mentions.platform;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A call that a platform refused, or whose answer did not come. */
public final class PlatformException extends Exception {
  private static final long serialVersionUID = 1;

  /** What went wrong, in the core's words. */
  public enum Kind {
    /** The post does not exist any more. */
    DELETED,
    /** The post's author shows it to chosen accounts only, and the bot is not one of them. */
    PROTECTED,
    /** The post's author has blocked the bot. */
    BLOCKED,
    /** The author lets only some accounts reply, or the platform demands to be summoned. */
    REPLY_RESTRICTED,
    /** The bot's account is suspended or locked: a person has to act. */
    SUSPENDED,
    /** The credentials are wrong, expired or withdrawn: a person has to act. */
    UNAUTHORISED,
    /** The platform wants money: its credit is used up, or its own monthly cap is reached. */
    OUT_OF_CREDIT,
    /** Refused for another named reason, such as a missing permission of the app. */
    FORBIDDEN,
    /** The same text was posted lately. It does not prove that this reply exists. */
    DUPLICATE,
    /** The request is wrong, as when a text is too long: it would be as wrong the next time. */
    REJECTED,
    /** Too many calls; {@link PlatformException#retryAt} says until when. */
    RATE_LIMITED,
    /** A page token is no longer valid. */
    PAGE_EXPIRED,
    /** The platform is out of order, or not reachable; nothing was done. */
    UNAVAILABLE,
    /** The request was sent, and no usable answer came: it may have been carried out. */
    LOST_ANSWER,
    /** An answer that the adapter does not know. */
    OTHER
  }

  private final Kind kind;
  private final transient Instant retryAt;
  private final transient RateLimit rateLimit;
  private final long costMicros;

  /**
   * A refusal.
   *
   * @param message a sentence for the log, without credentials and without texts of posts
   */
  public PlatformException(Kind kind, String message) {
    this(kind, message, null, null, 0);
  }

  /**
   * A refusal with facts.
   *
   * @param retryAt when another attempt makes sense; null when unknown
   * @param rateLimit the limit that the answer named; null when it named none
   * @param costMicros what the call cost nevertheless, in millionths of a US dollar
   */
  public PlatformException(
      Kind kind, String message, Instant retryAt, RateLimit rateLimit, long costMicros) {
    super(message);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.retryAt = retryAt;
    this.rateLimit = rateLimit;
    this.costMicros = costMicros;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** When another attempt makes sense, if the platform said so. */
  public Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }

  /** The limit that the answer named. */
  public Optional<RateLimit> rateLimit() {
    return Optional.ofNullable(rateLimit);
  }

  /** What the call cost nevertheless, in millionths of a US dollar. */
  public long costMicros() {
    return costMicros;
  }
}
