package org.touchstone.resolver.platform.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.touchstone.domain.Json;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.Reply;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/**
 * The API of Misskey and its descendants for a public note, which needs no key: {@code notes/show},
 * <a href="https://misskey-hub.net/en/docs/for-developers/api/">Misskey API</a>.
 */
final class MisskeyNote implements Strategy {
  private final PlatformClient client;

  MisskeyNote(PlatformClient client) {
    this.client = client;
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    WebLink endpoint = WebLink.parse("https://" + link.canonical().host() + "/api/notes/show");
    Reply reply =
        client.send(
            FetchRequest.postJson(endpoint, Json.string(Map.of("noteId", link.id("id"))))
                .with("Accept", "application/json"));
    if (reply.status() == 400 || reply.status() == 404) {
      throw problem(reply);
    }
    JsonNode note = reply.orThrow().json();
    if (Nodes.text(note, "id") == null) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    FoundMedia media = new FoundMedia();
    addMedia(note, media);
    // A renote without words of its own, or a quotation.
    media.quoted(() -> addMedia(note.path("renote"), media));
    return new Post(
        link.platform(),
        link.canonical().toString(),
        Nodes.text(note, "user", "username"),
        Nodes.time(note, "createdAt"),
        new PostContext(Nodes.text(note, "user", "id"), Nodes.text(note, "text"), null, null),
        media);
  }

  private static void addMedia(JsonNode note, FoundMedia media) {
    for (JsonNode file : note.path("files")) {
      Nodes.link(file, "url")
          .ifPresent(found -> media.add(PostMedia.of(found, Nodes.text(file, "comment"))));
    }
  }

  private static ProblemException problem(Reply reply) {
    return switch (String.valueOf(Nodes.text(reply.json(), "error", "code"))) {
      case "NO_SUCH_NOTE" -> new ProblemException(ProblemType.POST_DELETED);
      case "SIGNIN_REQUIRED", "CREDENTIAL_REQUIRED" ->
          new ProblemException(ProblemType.PLATFORM_LOGIN_REQUIRED);
      default -> reply.problem();
    };
  }
}
