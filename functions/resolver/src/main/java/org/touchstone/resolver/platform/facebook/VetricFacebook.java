package org.touchstone.resolver.platform.facebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.PostContext;
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
import org.touchstone.resolver.platform.Videos;
import org.touchstone.resolver.platform.Videos.Encoding;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** Facebook through Vetric's API. */
final class VetricFacebook implements Strategy {
  private static final Set<Integer> KEY_REFUSED = Set.of(401, 402, 403);
  private static final String API = "https://api.vetric.io/facebook/v1/";
  private static final Set<String> IS_MEDIUM = Set.of("Photo", "Video");
  private static final double MILLIS = 1000;

  private final PlatformClient client;
  private final String key;
  private final long maxVideoBytes;
  private final FacebookVideo videos;

  VetricFacebook(PlatformClient client, String key, long maxVideoBytes) {
    this.client = client;
    this.key = key;
    this.maxVideoBytes = maxVideoBytes;
    this.videos = new FacebookVideo(client, maxVideoBytes);
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    return switch (link.kind()) {
      case "photo", "video", "reel" -> media(link, link.id("id"));
      default -> resolved(link);
    };
  }

  private Post resolved(PostLink link) throws IOException {
    JsonNode found =
        ask(FetchRequest.get(
                WebLink.parse(API + "url-resolver?url=" + encode(link.canonical().toString()))))
            .path("data")
            .path("urlResolver");
    String id = Nodes.text(found, "id");
    if (id == null) {
      throw new ProblemException(ProblemType.POST_UNAVAILABLE);
    }
    return switch (String.valueOf(Nodes.text(found, "__typename"))) {
      case "Video", "Photo" -> media(link, id);
      case "Story" -> story(link, id);
      default ->
          throw new ProblemException(
              ProblemType.LINK_UNSUPPORTED, "This kind of page on Facebook is not supported.");
    };
  }

  private Post media(PostLink link, String id) throws IOException {
    if (!id.matches("[0-9]{1,25}")) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    JsonNode answer =
        ask(
            FetchRequest.postForm(
                WebLink.parse(API + "posts/media/" + id + "?transform=false"), Map.of()));
    JsonNode nodes = Nodes.at(answer, "data", "nodes");
    if (nodes.isArray() && (nodes.isEmpty() || nodes.path(0).isNull())) {
      throw new ProblemException(ProblemType.POST_UNAVAILABLE);
    }
    FoundMedia media = new FoundMedia();
    nodes.forEach(node -> add(node, media));
    if (media.isEmpty()) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    JsonNode first = nodes.path(0);
    return post(link, first.path("owner"), "created_time", first, media);
  }

  private Post story(PostLink link, String id) throws IOException {
    JsonNode node =
        ask(FetchRequest.get(
                WebLink.parse(API + "posts/node?node_id=" + encode(id) + "&transform=false")))
            .path("data")
            .path("node");
    if (!node.isObject()) {
      throw new ProblemException(ProblemType.POST_UNAVAILABLE);
    }
    FoundMedia media = new FoundMedia();
    attachments(node, media);
    attachments(node.path("attached_story"), media);
    return post(link, node.path("actors").path(0), "creation_time", node, media);
  }

  private void attachments(JsonNode story, FoundMedia media) {
    for (JsonNode attachment : story.path("attachments")) {
      JsonNode parts = attachment.path("subattachments");
      if (!parts.isArray() || parts.isEmpty()) {
        parts = Nodes.at(attachment, "all_subattachments", "nodes");
      }
      if (parts.isArray() && !parts.isEmpty()) {
        parts.forEach(part -> add(part.path("media"), media));
      } else {
        add(attachment.path("media"), media);
      }
    }
  }

  private static Post post(
      PostLink link, JsonNode author, String timeField, JsonNode node, FoundMedia media) {
    return new Post(
        link.platform(),
        link.canonical().toString(),
        Nodes.text(author, "name"),
        Nodes.epochSeconds(node, timeField),
        new PostContext(Nodes.text(author, "id"), Nodes.text(node, "message", "text"), null, null),
        media);
  }

  private void add(JsonNode node, FoundMedia media) {
    try {
      Optional<PostMedia> medium = one(node);
      if (medium.isPresent()) {
        media.add(medium.get());
      } else if (IS_MEDIUM.contains(String.valueOf(Nodes.text(node, "__typename")))) {
        media.miss(PostProblems.NOT_SHOWN);
      }
    } catch (ProblemException e) {
      if (!e.problem().type().isInputsFault()) {
        throw e;
      }
      media.miss(e.problem());
    }
  }

  private Optional<PostMedia> one(JsonNode node) {
    String altText = Nodes.text(node, "accessibility_caption");
    List<Encoding> encodings = new ArrayList<>();
    Nodes.link(node, "hd_playable_url")
        .ifPresent(hd -> encodings.add(new Encoding(hd, Nodes.number(node, "hdBitrate"), 2)));
    Nodes.link(node, "playable_url")
        .ifPresent(sd -> encodings.add(new Encoding(sd, Nodes.number(node, "bitrate"), 1)));
    if (!encodings.isEmpty()) {
      // Without bit rates, the order shows which is better.
      double seconds = Nodes.number(node, "playable_duration_in_ms") / MILLIS;
      return Optional.of(PostMedia.of(Videos.best(encodings, seconds, maxVideoBytes), altText));
    }
    if (videos.isOne(node)) {
      return Optional.of(videos.best(node, altText));
    }
    if ("Video".equals(Nodes.text(node, "__typename"))) {
      // Its picture is only the cover.
      return Optional.empty();
    }
    return Nodes.link(node, "imageHigh", "uri")
        .or(() -> Nodes.link(node, "image", "uri"))
        .map(image -> PostMedia.of(image, altText));
  }

  private JsonNode ask(FetchRequest request) throws IOException {
    Reply reply =
        client.send(
            request
                .with("x-api-key", key)
                .with("x-updated-client-v12-3", "true")
                .with("Accept", "application/json"));
    if (KEY_REFUSED.contains(reply.status())) {
      throw RefusedKeys.refused("Vetric", "vetric-facebook-key", reply.status());
    }
    return PlatformClient.content(reply);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
