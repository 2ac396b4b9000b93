package org.touchstone.domain.mention;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A post that names the bot, as a platform reports it.
 *
 * @param platform the platform's name, such as {@code x}
 * @param id the platform's id of the post; 1 to 512 characters
 * @param link the post's web address
 * @param author who wrote it
 * @param addressed whether the author typed the bot's name. False for names that the platform
 *     itself puts in front of a reply
 * @param text what the author wrote, without names in front of a reply and without the bot's name;
 *     at most {@link #MAX_TEXT} characters
 * @param language the post's language as a BCP 47 tag; absent when unknown
 * @param visibility who can see it
 * @param createdAt when it was posted
 * @param threadId the platform's id of the thread, the same for all of its posts
 * @param parentId the post that it answers; absent when it answers none
 * @param parentAuthorId the author of that post; absent when unknown or when it answers none
 * @param quotedId the post that it quotes; absent when it quotes none
 * @param others ids of the accounts that the platform itself would notify of a reply, besides the
 *     author, so that the adapter can leave them out; at most {@link #MAX_OTHERS}; absent for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Mention(
    String platform,
    String id,
    String link,
    SocialAccount author,
    boolean addressed,
    String text,
    String language,
    Visibility visibility,
    Instant createdAt,
    String threadId,
    String parentId,
    String parentAuthorId,
    String quotedId,
    List<String> others) {
  /** Most accounts in {@link #others}. */
  public static final int MAX_OTHERS = 50;

  /** Longest kept text, in characters; a platform's adapter cuts a longer one. */
  public static final int MAX_TEXT = 5_000;

  private static final int MAX_ID = 512;

  public Mention {
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(link, "link");
    Objects.requireNonNull(author, "author");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(visibility, "visibility");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(threadId, "threadId");
    if (id == null || id.isEmpty() || id.length() > MAX_ID) {
      throw new IllegalArgumentException("a mention without a usable id");
    }
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("a mention whose text is too long");
    }
    if (others != null) {
      others = List.copyOf(others.subList(0, Math.min(others.size(), MAX_OTHERS)));
    }
  }

  /** A mention after whose reply the platform notifies nobody but its author. */
  public Mention(
      String platform,
      String id,
      String link,
      SocialAccount author,
      boolean addressed,
      String text,
      String language,
      Visibility visibility,
      Instant createdAt,
      String threadId,
      String parentId,
      String parentAuthorId,
      String quotedId) {
    this(
        platform,
        id,
        link,
        author,
        addressed,
        text,
        language,
        visibility,
        createdAt,
        threadId,
        parentId,
        parentAuthorId,
        quotedId,
        null);
  }

  /** A copy without the text, which nothing needs once the mention is understood. */
  public Mention withoutText() {
    return new Mention(
        platform,
        id,
        link,
        author,
        addressed,
        "",
        language,
        visibility,
        createdAt,
        threadId,
        parentId,
        parentAuthorId,
        quotedId,
        others);
  }
}
