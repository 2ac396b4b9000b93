package org.touchstone.domain.mention;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;

/**
 * A reply that the bot is about to post. It is stored before the first attempt and does not change
 * between attempts.
 *
 * @param kind why it is posted
 * @param key the same for every attempt at this reply and different for any other: 32 lower-case
 *     hexadecimal digits, made of the platform, the mention and the kind
 * @param text what it says; it fits the platform
 * @param language the text's language, as a BCP 47 tag
 * @param visibility who shall see it: those who see the mention
 * @param hasLink whether the text has a web address, which some platforms charge for
 * @param createdAt when the intent was recorded; no attempt was made before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplyIntent(
    ReplyKind kind,
    String key,
    String text,
    String language,
    Visibility visibility,
    boolean hasLink,
    Instant createdAt) {
  public ReplyIntent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(visibility, "visibility");
    Objects.requireNonNull(createdAt, "createdAt");
  }
}
