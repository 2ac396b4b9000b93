package org.touchstone.resolver.platform.reddit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Problem;
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
  /** Statuses with which a page came in place of data, because Reddit takes us for a robot. */
  private static final Set<Integer> TURNED_AWAY = Set.of(200, 403);

  private static final Problem ROBOT_CHECK =
      Problem.of(
          ProblemType.PLATFORM_ROBOT_CHECK,
          "Reddit takes this installation for a robot. Its operator can register an application at"
              + " Reddit and set its keys, the first of which is reddit-app-id; until then, save the"
              + " media and upload them.");

  private final PlatformClient client;
  private final RedditPost posts;

  RedditPublic(PlatformClient client, RedditPost posts) {
    this.client = client;
    this.posts = posts;
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    Reply reply = ask(link);
    Optional<Problem> closed = RedditCommunity.closed(reply);
    if (closed.isPresent()) {
      throw new ProblemException(closed.get());
    }
    if (TURNED_AWAY.contains(reply.status()) && reply.text().stripLeading().startsWith("<")) {
      throw new ProblemException(ROBOT_CHECK);
    }
    JsonNode answer = PlatformClient.content(reply);
    JsonNode children = Nodes.at(answer.path(0), "data", "children");
    if (children.isArray() && children.isEmpty()) {
      throw new ProblemException(ProblemType.POST_DELETED);
    }
    return posts.decode(children.path(0).path("data"), link);
  }

  /** Sends the request; for a page that only tests who asks, the problem says what helps. */
  private Reply ask(PostLink link) throws IOException {
    try {
      return client.send(
          FetchRequest.get(
                  WebLink.parse(
                      "https://www.reddit.com/comments/" + link.id("id") + ".json?raw_json=1"))
              .with("Accept", "application/json"));
    } catch (ProblemException e) {
      throw e.problem().type() == ProblemType.PLATFORM_ROBOT_CHECK
          ? new ProblemException(ROBOT_CHECK, e)
          : e;
    }
  }
}
