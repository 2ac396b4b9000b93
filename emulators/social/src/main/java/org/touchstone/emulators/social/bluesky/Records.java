package org.touchstone.emulators.social.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.touchstone.emulators.social.network.Account;
import org.touchstone.emulators.social.network.Attachment;
import org.touchstone.emulators.social.network.Post;
import org.touchstone.emulators.social.network.SocialNetwork;

/** Posts as Bluesky keeps and shows them: records under addresses, and views of them. */
final class Records {
  static final String COLLECTION = "app.bsky.feed.post";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DID_LETTERS = 24;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int BASE32_BITS = 5;

  private final SocialNetwork network;
  private final Map<String, ObjectNode> written = new ConcurrentHashMap<>();

  Records(SocialNetwork network) {
    this.network = network;
  }

  static String did(Account account) {
    StringBuilder letters = new StringBuilder();
    account.id().chars().forEach(digit -> letters.append((char) ('a' + digit - '0')));
    return "did:plc:" + "b".repeat(DID_LETTERS - letters.length()) + letters;
  }

  static String handle(Account account) {
    return account.name().toLowerCase(Locale.ROOT) + ".test";
  }

  static String uri(Post post) {
    return "at://" + did(post.author()) + "/" + COLLECTION + "/" + post.key();
  }

  /** The post at an address; empty without one. */
  Optional<Post> post(String uri) {
    return network.posts(post -> uri(post).equals(uri)).stream().findFirst();
  }

  Optional<Account> account(String did) {
    return network.posts(post -> did(post.author()).equals(did)).stream()
        .map(Post::author)
        .findFirst();
  }

  /** Keeps a record as its author wrote it. */
  void keep(Post post, JsonNode record) {
    written.put(uri(post), record.deepCopy());
  }

  /** The hash of a record, in the form of a content identifier. */
  static String cid(JsonNode record) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(record.toString().getBytes(StandardCharsets.UTF_8));
      StringBuilder text = new StringBuilder("bafyrei");
      for (byte b : hash) {
        text.append(BASE32.charAt((b & 0xFF) >> (Byte.SIZE - BASE32_BITS)));
      }
      return text.toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  ObjectNode record(Post post) {
    ObjectNode kept = written.get(uri(post));
    if (kept != null) {
      return kept;
    }
    ObjectNode record =
        JSON.objectNode()
            .put("$type", COLLECTION)
            .put("text", post.text())
            .put("createdAt", post.at().toString());
    if (post.language() != null) {
      record.putArray("langs").add(post.language());
    }
    if (post.parent() != null) {
      ObjectNode reply = record.putObject("reply");
      reference(reply.putObject("parent"), post.parent());
      reference(reply.putObject("root"), post.root());
    }
    ArrayNode facets = JSON.arrayNode();
    for (String id : post.written()) {
      network.account(id).ifPresent(account -> mention(facets, post.text(), account));
    }
    if (!facets.isEmpty()) {
      record.set("facets", facets);
    }
    return record;
  }

  private void reference(ObjectNode node, String id) {
    network
        .post(id)
        .ifPresentOrElse(
            post -> node.put("uri", uri(post)).put("cid", cid(record(post))),
            () ->
                node.put(
                        "uri",
                        "at://did:plc:" + "z".repeat(DID_LETTERS) + "/" + COLLECTION + "/k" + id)
                    .put("cid", "bafyreigone"));
  }

  private static void mention(ArrayNode facets, String text, Account account) {
    int at = text.toLowerCase(Locale.ROOT).indexOf("@" + account.name().toLowerCase(Locale.ROOT));
    int start = text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
    ObjectNode facet = facets.addObject();
    facet
        .putObject("index")
        .put("byteStart", start)
        .put("byteEnd", start + account.name().length() + 1);
    facet
        .putArray("features")
        .addObject()
        .put("$type", "app.bsky.richtext.facet#mention")
        .put("did", did(account));
  }

  ObjectNode author(Account account) {
    ObjectNode author = JSON.objectNode().put("did", did(account)).put("handle", handle(account));
    ArrayNode labels = author.putArray("labels");
    if (account.isBot()) {
      labels.addObject().put("src", did(account)).put("val", "bot");
    }
    return author;
  }

  ObjectNode view(Post post, Account viewer) {
    ObjectNode record = record(post);
    ObjectNode view = JSON.objectNode().put("uri", uri(post)).put("cid", cid(record));
    ObjectNode author = author(post.author());
    author.putObject("viewer").put("blockedBy", network.blocks(post.author(), viewer));
    view.set("author", author);
    view.set("record", record);
    view.put("indexedAt", post.at().toString());
    embed(view, post);
    return view;
  }

  private void embed(ObjectNode view, Post post) {
    if (!post.attachments().isEmpty()) {
      Attachment first = post.attachments().getFirst();
      if (first.isVideo()) {
        view.putObject("embed")
            .put("$type", "app.bsky.embed.video#view")
            .put("playlist", first.url());
      } else {
        ArrayNode images =
            view.putObject("embed").put("$type", "app.bsky.embed.images#view").putArray("images");
        post.attachments().forEach(file -> images.addObject().put("fullsize", file.url()));
      }
    } else if (post.quoted() != null) {
      ObjectNode record =
          view.putObject("embed").put("$type", "app.bsky.embed.record#view").putObject("record");
      network
          .post(post.quoted())
          .ifPresentOrElse(
              quoted -> {
                record
                    .put("$type", "app.bsky.embed.record#viewRecord")
                    .put("uri", uri(quoted))
                    .set("author", author(quoted.author()));
                ObjectNode shown = JSON.objectNode();
                embed(shown, quoted);
                ArrayNode embeds = record.putArray("embeds");
                if (shown.has("embed")) {
                  embeds.add(shown.get("embed"));
                }
              },
              () -> record.put("$type", "app.bsky.embed.record#viewNotFound"));
    }
  }

  /** Whom Bluesky tells of a post as an answer to one of theirs: the authors up to five above. */
  Set<Account> answered(Post post) {
    final int depth = 5;
    Set<Account> authors = new LinkedHashSet<>();
    Optional<Post> at = Optional.of(post);
    for (int i = 0; i < depth && at.isPresent() && at.get().parent() != null; i++) {
      at = network.post(at.get().parent());
      at.ifPresent(above -> authors.add(above.author()));
    }
    authors.remove(post.author());
    return authors;
  }
}
