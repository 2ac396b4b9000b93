package org.touchstone.storage;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of deletions, and of the analyses that are deleted soon after their end. */
final class DeletionKeys {
  /** Deletions that are not finished. */
  static final String DELETIONS = "deletions/";

  /** Analyses that are deleted soon after their end. */
  static final String RETENTION = "retention/";

  private static final Pattern RETAINED =
      Pattern.compile(RETENTION + "([0-9]{11})-(" + Ids.ID + ")");

  private DeletionKeys() {}

  /** A deletion, by when its next part is due. */
  static String deletion(Deletion deletion) {
    return DELETIONS
        + seconds(deletion.due())
        + "-"
        + Keys.analysisId(deletion.analysisId())
        + "-"
        + deletion.stage().name().toLowerCase(Locale.ROOT)
        + ".json";
  }

  /** Sorts after all deletions that are due at an instant, and before the others. */
  static String deletionsAfter(Instant now) {
    return DELETIONS + seconds(now.plusSeconds(1));
  }

  /** An empty object that lists an analysis which is deleted soon after its end. */
  static String retention(Instant createdAt, String id) {
    return RETENTION + seconds(createdAt) + "-" + Keys.analysisId(id);
  }

  /** What such an object lists; empty for another key. */
  static Optional<RetentionList.Entry> retained(String key) {
    Matcher matcher = RETAINED.matcher(key);
    return matcher.matches()
        ? Optional.of(
            new RetentionList.Entry(
                matcher.group(2), Instant.ofEpochSecond(Long.parseLong(matcher.group(1)))))
        : Optional.empty();
  }

  private static String seconds(Instant at) {
    return "%011d".formatted(at.getEpochSecond());
  }
}
