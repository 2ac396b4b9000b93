package org.touchstone.mentions.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.domain.mention.Visibility;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.platform.SocialPost;

/**
 * A post as Mastodon's API shows it, with only what the bot needs.
 *
 * @param id its id, opaque; other software has no numbers there
 * @param link its web address
 * @param author who wrote it
 * @param text its text without markup
 * @param language its language; null when unknown
 * @param visibility who can see it
 * @param at when it was written
 * @param parentId the post it answers; null for none
 * @param parentAuthorId that post's author; null when unknown
 * @param quotedId the post it quotes; null for none
 * @param media how many files it has
 * @param json as it was received
 */
record Status(
    String id,
    String link,
    SocialAccount author,
    String text,
    String language,
    Visibility visibility,
    Instant at,
    String parentId,
    String parentAuthorId,
    String quotedId,
    int media,
    JsonNode json) {
  static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private static final Pattern ACCT =
      Pattern.compile("[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*(?:@[A-Za-z0-9.-]{1,253}(?::[0-9]+)?)?");

  /** Reads a post; empty when it lacks what every post has. */
  static Optional<Status> read(JsonNode json) {
    String id = ApiReply.text(json, "id");
    Optional<SocialAccount> author = account(json.path("account"));
    Instant at = MastodonErrors.time(ApiReply.text(json, "created_at"));
    Optional<String> link = link(json);
    if (!ID.matcher(id).matches() || author.isEmpty() || at == null || link.isEmpty()) {
      return Optional.empty();
    }
    String language = ApiReply.text(json, "language");
    return Optional.of(
        new Status(
            id,
            link.get(),
            author.get(),
            PlainText.of(json.path("content").asText("")),
            language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}") ? language : null,
            visibility(ApiReply.text(json, "visibility")),
            at,
            id(json, "in_reply_to_id"),
            id(json, "in_reply_to_account_id"),
            Optional.ofNullable(id(json.path("quote").path("quoted_status"), "id"))
                .orElse(id(json.path("quote"), "quoted_status_id")),
            json.path("media_attachments").size(),
            json));
  }

  private static String id(JsonNode json, String name) {
    String id = ApiReply.text(json, name);
    return ID.matcher(id).matches() ? id : null;
  }

  private static Optional<String> link(JsonNode json) {
    String url = ApiReply.text(json, "url");
    try {
      return Optional.of(
          WebLink.parse(url.isEmpty() ? ApiReply.text(json, "uri") : url).toString());
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  static Optional<SocialAccount> account(JsonNode json) {
    String id = ApiReply.text(json, "id");
    String name = ApiReply.text(json, "acct");
    return ID.matcher(id).matches() && ACCT.matcher(name).matches()
        ? Optional.of(new SocialAccount(id, name, json.path("bot").asBoolean(false), null))
        : Optional.empty();
  }

  /** An unknown visibility counts as the narrowest, so that nothing is shown to more people. */
  private static Visibility visibility(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "public" -> Visibility.PUBLIC;
      case "unlisted" -> Visibility.UNLISTED;
      case "private" -> Visibility.FOLLOWERS;
      default -> Visibility.DIRECT;
    };
  }

  static String nameOf(Visibility visibility) {
    return switch (visibility) {
      case PUBLIC -> "public";
      case UNLISTED -> "unlisted";
      case FOLLOWERS -> "private";
      case DIRECT -> "direct";
    };
  }

  /** Whether the post names an account. */
  boolean names(String accountId) {
    for (JsonNode mention : json.path("mentions")) {
      if (accountId.equals(ApiReply.text(mention, "id"))) {
        return true;
      }
    }
    return false;
  }

  SocialPost post() {
    return new SocialPost(id, link, author, media, visibility.isOpen());
  }
}
