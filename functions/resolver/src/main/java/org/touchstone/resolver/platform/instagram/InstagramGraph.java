package org.touchstone.resolver.platform.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.DashManifests;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.Reply;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.Post;

/** The query that Instagram's own post page sends to its server. */
final class InstagramGraph implements Strategy {
  private static final WebLink ENDPOINT = WebLink.parse("https://www.instagram.com/graphql/query");

  /** The server's number for this query. */
  private static final String QUERY = "8845758582119845";

  /** The id of Instagram's web application. */
  private static final String APPLICATION = "936619743392459";

  private final PlatformClient client;
  private final DashManifests manifests;

  InstagramGraph(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.manifests = new DashManifests(client, maxVideoBytes);
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    String variables = Json.string(Map.of("shortcode", link.id("code")));
    Reply reply =
        client.send(
            FetchRequest.postForm(ENDPOINT, Map.of("doc_id", QUERY, "variables", variables))
                .with("X-IG-App-ID", APPLICATION));
    if (reply.status() == 404) {
      // Here the query itself is gone: for a missing post the answer has no post.
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    if (!reply.isSuccess()) {
      throw refused(reply);
    }
    JsonNode answer = PlatformClient.content(reply);
    if (!answer.path("data").isObject()) {
      throw new ProblemException(
          PostProblems.said(Nodes.text(answer, "message"))
              .orElse(Problem.of(ProblemType.PLATFORM_CHANGED)));
    }
    JsonNode data = answer.path("data");
    JsonNode media = data.path("xdt_shortcode_media");
    if (media.isNull()) {
      throw new ProblemException(ProblemType.POST_UNAVAILABLE);
    }
    if (!media.path("display_url").isTextual()) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    return ShortcodeMedia.decode(media, link, manifests);
  }

  /** Instagram asks to sign in also where it only wants fewer requests; its message tells. */
  private static ProblemException refused(Reply reply) {
    JsonNode answer = PageData.parse(reply.body());
    Optional<Problem> said = PostProblems.said(Nodes.text(answer, "message"));
    if (said.isPresent()) {
      return new ProblemException(said.get());
    }
    return answer.path("require_login").asBoolean(false)
        ? new ProblemException(ProblemType.PLATFORM_LOGIN_REQUIRED)
        : reply.problem();
  }
}
