package org.touchstone.emulators.social.x;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.touchstone.emulators.social.http.Call;
import org.touchstone.emulators.social.network.Account;
import org.touchstone.emulators.social.network.Attachment;
import org.touchstone.emulators.social.network.Post;
import org.touchstone.emulators.social.network.SocialNetwork;

/** Writes posts as X's API v2 does: only what was asked for, and what they refer to apart. */
final class XPosts {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String PROBLEMS = "https://api.twitter.com/2/problems/";

  private final SocialNetwork network;
  private final Map<String, Set<String>> excluded;

  /**
   * @param excluded by the number of a reply, the accounts that are not told of it
   */
  XPosts(SocialNetwork network, Map<String, Set<String>> excluded) {
    this.network = network;
    this.excluded = excluded;
  }

  /** Whom X names before a reply's text: its parent's author and those whom the parent names. */
  Set<Account> implicit(Post post) {
    Set<Account> named = new LinkedHashSet<>();
    if (post.parent() != null) {
      network
          .post(post.parent())
          .ifPresent(
              parent -> {
                named.add(parent.author());
                named.addAll(implicit(parent));
                parent.written().forEach(id -> network.account(id).ifPresent(named::add));
              });
    }
    named.remove(post.author());
    named.removeIf(account -> post.written().contains(account.id()));
    named.removeIf(account -> excluded.getOrDefault(post.id(), Set.of()).contains(account.id()));
    return named;
  }

  /** All whom X tells of a post. */
  Set<Account> told(Post post) {
    Set<Account> told = implicit(post);
    post.written().forEach(id -> network.account(id).ifPresent(told::add));
    told.remove(post.author());
    return told;
  }

  boolean isVisible(Post post, Account viewer) {
    return post.author().equals(viewer)
        || (!network.isLocked(post.author()) && !network.isSuspended(post.author()));
  }

  /**
   * An answer with several posts.
   *
   * @param missing numbers that were asked for and belong to no visible post
   */
  ObjectNode page(List<Post> posts, Set<String> missing, Call call, Account viewer) {
    ObjectNode page = JSON.objectNode();
    ArrayNode data = JSON.arrayNode();
    Includes includes = new Includes(call);
    posts.forEach(post -> data.add(includes.post(post)));
    if (!data.isEmpty()) {
      page.set("data", data);
    }
    Set<String> expansions = fields(call, "expansions");
    Set<String> lost = new LinkedHashSet<>(missing);
    for (Post post : posts) {
      for (String id : referenced(post)) {
        if (expansions.stream().anyMatch(name -> name.startsWith("referenced_tweets.id"))) {
          network
              .post(id)
              .filter(other -> isVisible(other, viewer))
              .ifPresentOrElse(includes::add, () -> lost.add(id));
        }
      }
    }
    ObjectNode included = includes.write(posts, expansions);
    if (!included.isEmpty()) {
      page.set("includes", included);
    }
    if (!lost.isEmpty()) {
      page.set("errors", errors(lost));
    }
    return page;
  }

  private ArrayNode errors(Set<String> ids) {
    ArrayNode errors = JSON.arrayNode();
    for (String id : ids) {
      boolean isHidden = network.post(id).isPresent();
      errors
          .addObject()
          .put("value", id)
          .put("resource_id", id)
          .put("resource_type", "tweet")
          .put("parameter", "referenced_tweets.id")
          .put("title", isHidden ? "Authorization Error" : "Not Found Error")
          .put(
              "detail",
              isHidden
                  ? "Sorry, you are not authorized to see the Tweet with referenced_tweets.id: ["
                      + id
                      + "]."
                  : "Could not find tweet with referenced_tweets.id: [" + id + "].")
          .put(
              "type", PROBLEMS + (isHidden ? "not-authorized-for-resource" : "resource-not-found"));
    }
    return errors;
  }

  private static Set<String> referenced(Post post) {
    Set<String> ids = new LinkedHashSet<>();
    if (post.parent() != null) {
      ids.add(post.parent());
    }
    if (post.quoted() != null) {
      ids.add(post.quoted());
    }
    return ids;
  }

  static Set<String> fields(Call call, String name) {
    String value = call.parameter(name);
    return value == null ? Set.of() : new LinkedHashSet<>(List.of(value.split(",")));
  }

  private final class Includes {
    private final Set<String> wanted;
    private final Map<String, Post> tweets = new LinkedHashMap<>();

    Includes(Call call) {
      this.wanted = fields(call, "tweet.fields");
    }

    void add(Post post) {
      tweets.put(post.id(), post);
    }

    ObjectNode write(List<Post> posts, Set<String> expansions) {
      ObjectNode includes = JSON.objectNode();
      Map<String, Account> users = new LinkedHashMap<>();
      Map<String, Attachment> media = new LinkedHashMap<>();
      for (Post post : posts) {
        if (expansions.contains("author_id")) {
          users.put(post.author().id(), post.author());
        }
        if (expansions.contains("attachments.media_keys")) {
          post.attachments().forEach(file -> media.put(file.id(), file));
        }
      }
      for (Post post : tweets.values()) {
        if (expansions.contains("referenced_tweets.id.author_id")) {
          users.put(post.author().id(), post.author());
        }
        if (expansions.contains("referenced_tweets.id.attachments.media_keys")) {
          post.attachments().forEach(file -> media.put(file.id(), file));
        }
      }
      if (!users.isEmpty()) {
        ArrayNode all = includes.putArray("users");
        users.values().forEach(user -> all.add(user(user)));
      }
      if (!tweets.isEmpty()) {
        ArrayNode all = includes.putArray("tweets");
        tweets.values().forEach(post -> all.add(post(post)));
      }
      if (!media.isEmpty()) {
        ArrayNode all = includes.putArray("media");
        media
            .values()
            .forEach(
                file ->
                    all.addObject()
                        .put("media_key", "3_" + file.id())
                        .put("type", file.isVideo() ? "video" : "photo"));
      }
      return includes;
    }

    ObjectNode post(Post post) {
      String prefix =
          implicit(post).stream()
              .map(account -> "@" + account.name() + " ")
              .collect(Collectors.joining());
      String text = prefix + post.text();
      ObjectNode node = JSON.objectNode().put("id", post.id()).put("text", escaped(text));
      ArrayNode versions = node.putArray("edit_history_tweet_ids");
      post.versions().forEach(versions::add);
      put(node, "author_id", post.author().id());
      put(node, "conversation_id", post.root());
      put(node, "created_at", post.at().toString());
      put(node, "lang", post.language() == null ? "und" : post.language());
      if (wanted.contains("in_reply_to_user_id") && post.parent() != null) {
        network
            .post(post.parent())
            .ifPresent(parent -> node.put("in_reply_to_user_id", parent.author().id()));
      }
      if (wanted.contains("referenced_tweets") && !referenced(post).isEmpty()) {
        ArrayNode references = node.putArray("referenced_tweets");
        if (post.parent() != null) {
          references.addObject().put("type", "replied_to").put("id", post.parent());
        }
        if (post.quoted() != null) {
          references.addObject().put("type", "quoted").put("id", post.quoted());
        }
      }
      if (wanted.contains("attachments") && !post.attachments().isEmpty()) {
        ArrayNode keys = node.putObject("attachments").putArray("media_keys");
        post.attachments().forEach(file -> keys.add("3_" + file.id()));
      }
      if (wanted.contains("display_text_range")) {
        node.putArray("display_text_range")
            .add(prefix.codePointCount(0, prefix.length()))
            .add(text.codePointCount(0, text.length()));
      }
      if (wanted.contains("entities")) {
        entities(node, post, text);
      }
      return node;
    }

    private void put(ObjectNode node, String name, String value) {
      if (wanted.contains(name)) {
        node.put(name, value);
      }
    }

    private void entities(ObjectNode node, Post post, String text) {
      ArrayNode mentions = node.putObject("entities").putArray("mentions");
      for (Account account : told(post)) {
        int at =
            text.toLowerCase(Locale.ROOT).indexOf("@" + account.name().toLowerCase(Locale.ROOT));
        mentions
            .addObject()
            .put("start", text.codePointCount(0, Math.max(0, at)))
            .put("end", text.codePointCount(0, Math.max(0, at)) + account.name().length() + 1)
            .put("username", account.name())
            .put("id", account.id());
      }
    }
  }

  static ObjectNode user(Account account) {
    return JSON.objectNode()
        .put("id", account.id())
        .put("username", account.name())
        .put("name", account.name());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
