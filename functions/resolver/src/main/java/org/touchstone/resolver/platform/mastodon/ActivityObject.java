package org.touchstone.resolver.platform.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/**
 * A post as servers tell it to each other: the address itself, asked for as <a
 * href="https://www.w3.org/TR/activitypub/#retrieving-objects">ActivityPub, section 3.2</a> says.
 */
final class ActivityObject implements Strategy {
  private static final String TYPE = "application/activity+json";
  private static final int MAX_REDIRECTS = 3;

  private final PlatformClient client;

  ActivityObject(PlatformClient client) {
    this.client = client;
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    Reply reply = get(link.canonical());
    if (reply.status() == 401 || reply.status() == 403) {
      throw new ProblemException(ProblemType.PLATFORM_LOGIN_REQUIRED);
    }
    JsonNode answer = reply.orThrow().json();
    JsonNode object = answer.path("object").isObject() ? answer.path("object") : answer;
    if (!object.has("attributedTo")) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    String html = Nodes.text(object, "content");
    return new Post(
        link.platform(),
        link.canonical().toString(),
        author(object),
        Nodes.time(object, "published"),
        new PostContext(null, html == null ? null : MastodonStatus.plain(html), null, null),
        media(object));
  }

  private Reply get(WebLink link) throws IOException {
    Reply reply = client.send(FetchRequest.get(link).with("Accept", TYPE));
    for (int i = 0; i < MAX_REDIRECTS && reply.location() != null; i++) {
      if (!reply.location().host().equals(link.host())) {
        throw new ProblemException(ProblemType.LINK_UNSUPPORTED);
      }
      reply = client.send(FetchRequest.get(reply.location()).with("Accept", TYPE));
    }
    return reply;
  }

  /** The last part of the author's address, which is the name on all servers met so far. */
  private static String author(JsonNode object) {
    return Nodes.link(object, "attributedTo")
        .map(author -> author.path().replaceFirst(".*/@?", ""))
        .filter(name -> !name.isEmpty())
        .orElse(null);
  }

  private static List<PostMedia> media(JsonNode object) {
    List<PostMedia> media = new ArrayList<>();
    for (JsonNode attachment : object.path("attachment")) {
      Optional<WebLink> file = Nodes.link(attachment, "url");
      String type = Nodes.text(attachment, "mediaType");
      if (file.isPresent() && type != null && type.matches("(?:image|video|audio)/.*")) {
        media.add(PostMedia.of(file.get(), Nodes.text(attachment, "name")));
      }
    }
    return media;
  }
}
