package org.touchstone.mentions.templates;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.touchstone.domain.Verdict;

/** The texts that every language has. */
public enum TextKey {
  LEVEL_TRUSTED("level.trusted"),
  LEVEL_LOW("level.low"),
  LEVEL_INSUFFICIENT_EVIDENCE("level.insufficient-evidence"),
  LEVEL_UNCERTAIN("level.uncertain"),
  LEVEL_HIGH("level.high"),
  FAILED_DELETED("failed.deleted"),
  FAILED_PRIVATE("failed.private"),
  FAILED_UNSUPPORTED("failed.unsupported"),
  FAILED_TOO_LARGE("failed.too-large"),
  FAILED_TOO_LONG("failed.too-long"),
  FAILED_UNAVAILABLE("failed.unavailable"),
  FAILED_INTERNAL("failed.internal"),
  NO_MEDIA("no-media"),
  OPTED_OUT("opted-out"),
  /** The deadline has passed, and no further reply follows. */
  LATE("late"),
  /** The deadline has passed, and another reply follows. */
  DELAY("delay"),
  /** Stands before the text of the new level. */
  CORRECTION("correction"),
  /** Stands before the link to the result. */
  LINK("link"),
  /** The last line of every reply, which makes it unlike any other. */
  SIGNATURE("signature"),
  /** The bot's description of itself, for its profile. */
  ABOUT("about");

  private static final List<TextKey> PARTS = List.of(CORRECTION, LINK, SIGNATURE, ABOUT);

  private final String key;

  TextKey(String key) {
    this.key = key;
  }

  /** Its name in the files. */
  public String key() {
    return key;
  }

  /** Whether a reply can be made of it and the signature. */
  public boolean isReply() {
    return !PARTS.contains(this);
  }

  /** The text of a level. */
  public static TextKey of(Verdict.Level level) {
    return valueOf("LEVEL_" + level.name());
  }

  /** The text with this name. */
  public static Optional<TextKey> find(String key) {
    return Arrays.stream(values()).filter(text -> text.key.equals(key)).findFirst();
  }

  /**
   * The text for an analysis that failed.
   *
   * @param problem the code of the problem, such as {@code post.deleted}
   */
  public static TextKey ofFailure(String problem) {
    return switch (problem.toLowerCase(Locale.ROOT)) {
      case "post.deleted", "fetch.not-found" -> FAILED_DELETED;
      case "post.private", "post.age-restricted", "platform.login-required" -> FAILED_PRIVATE;
      case "post.no-media" -> NO_MEDIA;
      case "media.too-long" -> FAILED_TOO_LONG;
      case "media.too-large", "media.too-many-pixels", "post.too-many-media" -> FAILED_TOO_LARGE;
      case "media.unsupported",
          "media.empty",
          "media.corrupt",
          "link.unsupported",
          "link.invalid" ->
          FAILED_UNSUPPORTED;
      case "post.unavailable",
          "platform.excluded",
          "platform.rate-limited",
          "platform.robot-check",
          "platform.changed",
          "fetch.refused",
          "fetch.unreachable",
          "fetch.tls",
          "fetch.timeout",
          "fetch.failed",
          "link.blocked" ->
          FAILED_UNAVAILABLE;
      default -> FAILED_INTERNAL;
    };
  }
}
