package org.touchstone.resolver.platform.reddit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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

/** The data of a post's public page; Reddit turns away many clients without a key. */
final class RedditPublic implements Strategy {
  private static final int FORBIDDEN = 403;

  private final PlatformClient client;
  private final RedditPost posts;

  RedditPublic(PlatformClient client, RedditPost posts) {
    this.client = client;
    this.posts = posts;
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    Reply reply =
        client.send(
            FetchRequest.get(
                    WebLink.parse(
                        "https://www.reddit.com/comments/" + link.id("id") + ".json?raw_json=1"))
                .with("Accept", "application/json"));
    if (reply.status() == FORBIDDEN && reason(reply) != null) {
      throw new ProblemException(ProblemType.POST_PRIVATE, "This community is not public.");
    }
    return posts.decode(
        Nodes.at(reply.orThrow().json().path(0), "data", "children").path(0).path("data"), link);
  }

  /** The reason a community is closed; absent when the request itself was turned away. */
  private static String reason(Reply reply) {
    try {
      JsonNode answer = reply.json();
      return Nodes.text(answer, "reason");
    } catch (ProblemException notJson) {
      return null;
    }
  }
}
