package org.touchstone.mentions.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.domain.mention.Visibility;
import org.touchstone.mentions.calls.ApiReply;

/** Reads X's posts as mentions. */
final class XMentions {
  static final Pattern ID = Pattern.compile("[0-9]{1,19}");

  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_]{1,15}");
  private static final String POST = "https://x.com/i/status/";
  private static final int MAX_NAMED = 200;

  private XMentions() {}

  /** The web address of a post, which leads there without its author's name. */
  static String link(String id) {
    return POST + id;
  }

  /** The authors that an answer names, by their numbers. */
  static Map<String, SocialAccount> authors(JsonNode answer) {
    Map<String, SocialAccount> authors = new HashMap<>();
    for (JsonNode user : answer.path("includes").path("users")) {
      String id = ApiReply.text(user, "id");
      String name = ApiReply.text(user, "username");
      if (ID.matcher(id).matches() && USERNAME.matcher(name).matches()) {
        authors.put(id, new SocialAccount(id, name, false, null));
      }
    }
    return authors;
  }

  /** An account of which nothing but the number is known. */
  static SocialAccount unnamed(String id) {
    return new SocialAccount(id, "", false, null);
  }

  /**
   * Reads a post.
   *
   * @param self the bot
   * @return empty when the post lacks what a mention needs
   */
  static Optional<Mention> read(
      JsonNode post, Map<String, SocialAccount> authors, SocialAccount self) {
    String newest = ApiReply.text(post, "id");
    String author = ApiReply.text(post, "author_id");
    Instant at = time(ApiReply.text(post, "created_at"));
    if (!ID.matcher(newest).matches() || !ID.matcher(author).matches() || at == null) {
      return Optional.empty();
    }
    // An edited post has a new number; its first one stays the same, and so does the mention.
    String first = ApiReply.text(post.path("edit_history_tweet_ids").path(0));
    String id = ID.matcher(first).matches() ? first : newest;
    String thread = ApiReply.text(post, "conversation_id");
    String parentAuthor = ApiReply.text(post, "in_reply_to_user_id");
    Named named = named(post, self, parentAuthor.equals(self.id()));
    String language = ApiReply.text(post, "lang");
    return Optional.of(
        new Mention(
            "x",
            id,
            link(id),
            authors.getOrDefault(author, unnamed(author)),
            named.isAddressed(),
            named.text(),
            language.matches("[a-z]{2}") ? language : null,
            Visibility.PUBLIC,
            at,
            ID.matcher(thread).matches() ? thread : id,
            reference(post, "replied_to"),
            ID.matcher(parentAuthor).matches() ? parentAuthor : null,
            reference(post, "quoted"),
            others(named.accounts(), parentAuthor, author, self)));
  }

  private static List<String> others(
      Set<String> named, String parentAuthor, String author, SocialAccount self) {
    Set<String> others = new LinkedHashSet<>();
    if (ID.matcher(parentAuthor).matches()) {
      others.add(parentAuthor);
    }
    others.addAll(named);
    others.remove(author);
    others.remove(self.id());
    return others.isEmpty() ? null : new ArrayList<>(others);
  }

  /** The post that another refers to in some way; null for none. */
  static String reference(JsonNode post, String type) {
    for (JsonNode reference : post.path("referenced_tweets")) {
      String id = ApiReply.text(reference, "id");
      if (type.equals(ApiReply.text(reference, "type")) && ID.matcher(id).matches()) {
        return id;
      }
    }
    return null;
  }

  private record Named(boolean isAddressed, String text, Set<String> accounts) {}

  /**
   * Tells the names that the author typed from those that X puts before a reply. X says where the
   * shown text begins; without that, only the last of the names at the beginning can be typed.
   */
  private static Named named(JsonNode post, SocialAccount self, boolean isReplyToBot) {
    String text = plain(post.path("text").asText(""));
    int[] points = text.codePoints().limit(Mention.MAX_TEXT).toArray();
    JsonNode range = post.path("display_text_range");
    int shownFrom =
        range.path(0).isInt()
            ? Math.clamp(range.path(0).intValue(), 0, points.length)
            : runOfNames(points, isReplyToBot);
    String shown = new String(points, shownFrom, points.length - shownFrom);
    Set<String> accounts = new LinkedHashSet<>();
    int seen = 0;
    for (JsonNode mention : post.path("entities").path("mentions")) {
      String id = ApiReply.text(mention, "id");
      if (ID.matcher(id).matches() && seen++ < MAX_NAMED) {
        accounts.add(id);
      }
    }
    Pattern name =
        Pattern.compile("(?i)(?<![\\w@])@" + Pattern.quote(self.handle()) + "(?![A-Za-z0-9_])");
    boolean isAddressed = name.matcher(shown).find();
    String rest = name.matcher(shown).replaceAll(" ").strip();
    return new Named(
        isAddressed,
        rest.length() <= Mention.MAX_TEXT ? rest : rest.substring(0, Mention.MAX_TEXT),
        accounts);
  }

  /** Where the names at the beginning end, the last one left out unless the bot is answered. */
  private static int runOfNames(int[] points, boolean isReplyToBot) {
    int end = 0;
    int last = 0;
    int i = 0;
    while (i < points.length && points[i] == '@') {
      last = i;
      i++;
      while (i < points.length && (Character.isLetterOrDigit(points[i]) || points[i] == '_')) {
        i++;
      }
      while (i < points.length && Character.isWhitespace(points[i])) {
        i++;
      }
      end = i;
    }
    return isReplyToBot ? end : last;
  }

  /** X escapes three characters in texts. */
  private static String plain(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  static Instant time(String text) {
    try {
      return Instant.parse(text.toUpperCase(Locale.ROOT));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
