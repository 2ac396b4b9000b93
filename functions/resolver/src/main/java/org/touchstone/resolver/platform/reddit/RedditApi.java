package org.touchstone.resolver.platform.reddit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.RefusedKeys;
import org.touchstone.resolver.platform.Reply;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.Post;

/** Reddit's API with an application's token. */
final class RedditApi implements Strategy {
  private static final String ENDPOINT = "https://oauth.reddit.com/api/info?raw_json=1&id=t3_";
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final PlatformClient client;
  private final RedditToken token;
  private final RedditPost posts;

  RedditApi(PlatformClient client, RedditToken token, RedditPost posts) {
    this.client = client;
    this.token = token;
    this.posts = posts;
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    String current = token.value();
    Reply reply = ask(link, current);
    if (reply.status() == UNAUTHORIZED) {
      token.forget(current);
      reply = ask(link, token.value());
    }
    Optional<Problem> closed = RedditCommunity.closed(reply);
    if (closed.isPresent()) {
      throw new ProblemException(closed.get());
    }
    if (reply.status() == UNAUTHORIZED || reply.status() == FORBIDDEN) {
      throw RefusedKeys.refused("Reddit", RedditToken.SETTINGS, reply.status());
    }
    JsonNode children = PlatformClient.content(reply).path("data").path("children");
    if (children.isArray() && children.isEmpty()) {
      throw new ProblemException(ProblemType.POST_DELETED);
    }
    return posts.decode(children.path(0).path("data"), link);
  }

  private Reply ask(PostLink link, String bearer) throws IOException {
    return client.send(
        FetchRequest.get(WebLink.parse(ENDPOINT + link.id("id")))
            .with("Authorization", "Bearer " + bearer)
            .with("Accept", "application/json"));
  }
}
