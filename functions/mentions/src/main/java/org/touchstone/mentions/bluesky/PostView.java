package org.touchstone.mentions.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.platform.SocialPost;

/**
 * A post's address and author.
 *
 * @param uri its address, {@code at://DID/app.bsky.feed.post/KEY}
 * @param did the author's identifier
 * @param key its record key
 * @param json as it was received
 */
record PostView(String uri, String did, String key, JsonNode json) {
  static final String COLLECTION = "app.bsky.feed.post";

  private static final Pattern URI =
      Pattern.compile(
          "at://(did:[a-z]{1,16}:[A-Za-z0-9._:%-]{1,200})/app\\.bsky\\.feed\\.post/([A-Za-z0-9._~:-]{1,128})");
  private static final Pattern HANDLE =
      Pattern.compile("[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+");
  private static final String NO_GUESTS = "!no-unauthenticated";
  private static final String BOT = "bot";

  /** Reads a view of a post or a notification; empty when it is not of a post. */
  static Optional<PostView> read(JsonNode json) {
    Matcher uri = URI.matcher(ApiReply.text(json, "uri"));
    return uri.matches()
        ? Optional.of(new PostView(uri.group(), uri.group(1), uri.group(2), json))
        : Optional.empty();
  }

  /** The address of a post, if it is one; null else. */
  static String address(String text) {
    return URI.matcher(text).matches() ? text : null;
  }

  /** The author of the post at an address; null when it is not one. */
  static String authorOf(String address) {
    Matcher uri = URI.matcher(address);
    return uri.matches() ? uri.group(1) : null;
  }

  /** The record key of the post at an address; empty when it is not one. */
  static String keyOf(String address) {
    Matcher uri = URI.matcher(address);
    return uri.matches() ? uri.group(2) : "";
  }

  static String link(String did, String key) {
    return "https://bsky.app/profile/" + did + "/post/" + key;
  }

  String link() {
    return link(did, key);
  }

  String cid() {
    return ApiReply.text(json, "cid");
  }

  SocialAccount author() {
    String handle = ApiReply.text(json, "author", "handle");
    return new SocialAccount(
        did, HANDLE.matcher(handle).matches() ? handle : "", hasLabel(BOT), null);
  }

  private boolean hasLabel(String value) {
    for (JsonNode label : json.path("author").path("labels")) {
      if (value.equals(ApiReply.text(label, "val")) && !label.path("neg").asBoolean(false)) {
        return true;
      }
    }
    return false;
  }

  SocialPost post() {
    return new SocialPost(uri, link(), author(), media(json.path("embed")), !hasLabel(NO_GUESTS));
  }

  private static int media(JsonNode embed) {
    return switch (ApiReply.text(embed, "$type")) {
      case "app.bsky.embed.images#view" -> embed.path("images").size();
      case "app.bsky.embed.gallery#view" -> embed.path("items").size();
      case "app.bsky.embed.video#view" -> 1;
      case "app.bsky.embed.recordWithMedia#view" -> media(embed.path("media"));
      default -> 0;
    };
  }

  /** The address of the post that it quotes; null for none. */
  String quoted() {
    JsonNode embed = json.path("record").path("embed");
    String direct = address(ApiReply.text(embed, "record", "uri"));
    return direct == null ? address(ApiReply.text(embed, "record", "record", "uri")) : direct;
  }
}
