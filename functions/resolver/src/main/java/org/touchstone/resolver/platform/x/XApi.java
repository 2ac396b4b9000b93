package org.touchstone.resolver.platform.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.RefusedKeys;
import org.touchstone.resolver.platform.Reply;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;

/**
 * X's API, version 2, with an application's bearer token. Media of quoted and reposted posts are
 * not part of the first answer, so a second request asks for them.
 */
final class XApi implements Strategy {
  private static final String ENDPOINT = "https://api.x.com/2/tweets";
  private static final String FIELDS =
      "expansions=attachments.media_keys,author_id,referenced_tweets.id"
          + "&tweet.fields=attachments,author_id,created_at,lang,note_tweet,referenced_tweets"
          + "&media.fields=alt_text,duration_ms,media_key,type,url,variants"
          + "&user.fields=username";

  /** Statuses for a key that is wrong, without credit, or not for this interface. */
  private static final Set<Integer> KEY_REFUSED = Set.of(401, 402, 403);

  private final PlatformClient client;
  private final String bearerToken;
  private final long maxVideoBytes;
  private final Strategy embedded;

  /**
   * @param embedded reads cards and readers' notes, which the API does not give
   */
  XApi(PlatformClient client, String bearerToken, long maxVideoBytes, Strategy embedded) {
    this.client = client;
    this.bearerToken = bearerToken;
    this.maxVideoBytes = maxVideoBytes;
    this.embedded = embedded;
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    String id = link.id("id");
    JsonNode answer = ask(ENDPOINT + "/" + id + "?" + FIELDS);
    JsonNode tweet = answer.path("data");
    if (!tweet.isObject()) {
      throw problem(answer);
    }
    FoundMedia media = new FoundMedia();
    add(tweet, answer, media);
    Set<String> others = new LinkedHashSet<>();
    for (JsonNode reference : tweet.path("referenced_tweets")) {
      String other = Nodes.text(reference, "id");
      if (other != null
          && other.matches("[0-9]{1,20}")
          && !"replied_to".equals(Nodes.text(reference, "type"))) {
        others.add(other);
      }
    }
    if (!others.isEmpty()) {
      JsonNode referenced = ask(ENDPOINT + "?ids=" + String.join(",", others) + "&" + FIELDS);
      media.quoted(() -> referenced.path("data").forEach(other -> add(other, referenced, media)));
    }
    if (media.media().isEmpty()) {
      return embedded.extract(link);
    }
    String user = user(answer, Nodes.text(tweet, "author_id"));
    String text = Nodes.text(tweet, "note_tweet", "text");
    return new Post(
        link.platform(),
        XMedia.canonical(user, id),
        user,
        Nodes.time(tweet, "created_at"),
        new PostContext(
                Nodes.text(tweet, "author_id"),
                XMedia.withoutOwnLinks(text == null ? Nodes.text(tweet, "text") : text),
                Nodes.text(tweet, "lang"),
                null,
                notes(link))
            .with(XMedia.label(tweet)),
        media);
  }

  private List<String> notes(PostLink link) throws IOException {
    try {
      return embedded.extract(link).context().communityNotes();
    } catch (ProblemException e) {
      if (!e.problem().type().isInputsFault()) {
        throw e;
      }
      return List.of();
    }
  }

  private JsonNode ask(String url) throws IOException {
    Reply reply =
        client.send(
            FetchRequest.get(WebLink.parse(url))
                .with("Authorization", "Bearer " + bearerToken)
                .with("Accept", "application/json"));
    if (KEY_REFUSED.contains(reply.status())) {
      throw RefusedKeys.refused("X", "x-bearer-token", reply.status());
    }
    return PlatformClient.content(reply);
  }

  private void add(JsonNode tweet, JsonNode answer, FoundMedia media) {
    Map<String, JsonNode> byKey = new HashMap<>();
    Nodes.at(answer, "includes", "media")
        .forEach(item -> byKey.put(Nodes.text(item, "media_key"), item));
    for (JsonNode key : Nodes.at(tweet, "attachments", "media_keys")) {
      JsonNode item = byKey.get(key.asText());
      if (item == null) {
        media.miss(PostProblems.NOT_SHOWN);
        continue;
      }
      String altText = Nodes.text(item, "alt_text");
      switch (String.valueOf(Nodes.text(item, "type"))) {
        case "photo" -> media.read(() -> XMedia.photo(Nodes.link(item, "url"), altText));
        case "video", "animated_gif" -> {
          if (item.path("variants").isEmpty()) {
            media.miss(PostProblems.NOT_SHOWN);
          } else {
            media.read(
                () ->
                    XMedia.video(
                        item.path("variants"),
                        "bit_rate",
                        Nodes.number(item, "duration_ms"),
                        maxVideoBytes,
                        altText));
          }
        }
        default -> {}
      }
    }
  }

  private static String user(JsonNode answer, String id) {
    for (JsonNode user : Nodes.at(answer, "includes", "users")) {
      if (id != null && id.equals(Nodes.text(user, "id"))) {
        return Nodes.text(user, "username");
      }
    }
    return null;
  }

  private static ProblemException problem(JsonNode answer) {
    JsonNode error = answer.path("errors").path(0);
    String type = Nodes.text(error, "type");
    if (type == null) {
      return new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    return switch (type.substring(type.lastIndexOf('/') + 1)) {
      case "resource-not-found" -> new ProblemException(ProblemType.POST_DELETED);
      case "not-authorized-for-resource" -> new ProblemException(ProblemType.POST_PRIVATE);
      default ->
          new ProblemException(
              PostProblems.said(Nodes.text(error, "detail"))
                  .orElse(Problem.of(ProblemType.POST_UNAVAILABLE)));
    };
  }
}
