package org.touchstone.emulators.social.mastodon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.touchstone.emulators.social.network.Account;
import org.touchstone.emulators.social.network.Attachment;
import org.touchstone.emulators.social.network.Post;
import org.touchstone.emulators.social.network.SocialNetwork;

/** Writes accounts and posts as Mastodon's API does. */
final class Statuses {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern NAME = Pattern.compile("@([A-Za-z0-9_]+)");

  private final SocialNetwork network;
  private final String server;

  Statuses(SocialNetwork network, String server) {
    this.network = network;
    this.server = server;
  }

  ObjectNode account(Account account) {
    return JSON.objectNode()
        .put("id", account.id())
        .put("username", account.name())
        .put("acct", account.name())
        .put("bot", account.isBot())
        .put("locked", network.isLocked(account))
        .put("url", server + "/@" + account.name());
  }

  ObjectNode status(Post post) {
    String id = post.versions().getFirst();
    ObjectNode node =
        JSON.objectNode()
            .put("id", id)
            .put("created_at", post.at().toString())
            .put("in_reply_to_id", post.parent())
            .put("visibility", post.visibility())
            .put("language", post.language())
            .put("uri", server + "/users/" + post.author().name() + "/statuses/" + id)
            .put("url", server + "/posts/" + id)
            .put("content", html(post.text()))
            .put("edited_at", post.versions().size() > 1 ? network.now().toString() : null);
    if (post.parent() != null) {
      network
          .post(post.parent())
          .ifPresent(parent -> node.put("in_reply_to_account_id", parent.author().id()));
    }
    node.set("account", account(post.author()));
    ArrayNode media = node.putArray("media_attachments");
    for (Attachment file : post.attachments()) {
      media
          .addObject()
          .put("id", file.id())
          .put("type", file.isVideo() ? "video" : "image")
          .put("url", file.url());
    }
    ArrayNode mentions = node.putArray("mentions");
    for (String told : post.written()) {
      network
          .account(told)
          .ifPresent(
              account ->
                  mentions
                      .addObject()
                      .put("id", account.id())
                      .put("username", account.name())
                      .put("acct", account.name())
                      .put("url", server + "/@" + account.name()));
    }
    if (post.quoted() != null) {
      ObjectNode quote = node.putObject("quote");
      network
          .post(post.quoted())
          .ifPresentOrElse(
              quoted -> quote.put("state", "accepted").set("quoted_status", status(quoted)),
              () -> quote.put("state", "deleted").putNull("quoted_status"));
    }
    return node;
  }

  ObjectNode notification(Post post) {
    ObjectNode node =
        JSON.objectNode()
            .put("id", post.versions().getFirst())
            .put("type", "mention")
            .put("created_at", post.at().toString());
    node.set("account", account(post.author()));
    node.set("status", status(post));
    return node;
  }

  private String html(String text) {
    String escaped =
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\n", "<br />");
    return "<p>"
        + NAME.matcher(escaped)
            .replaceAll(
                "<span class=\"h-card\"><a href=\""
                    + server
                    + "/@$1\" class=\"u-url mention\">@<span>$1</span></a></span>")
        + "</p>";
  }
}
