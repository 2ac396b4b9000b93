package org.touchstone.resolver.platform.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.PlatformClient;
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

  InstagramGraph(PlatformClient client) {
    this.client = client;
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
    JsonNode data = reply.orThrow().json().path("data");
    JsonNode media = data.path("xdt_shortcode_media");
    if (media.isNull()) {
      throw new ProblemException(ProblemType.POST_UNAVAILABLE);
    }
    if (!media.path("display_url").isTextual()) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    return ShortcodeMedia.decode(media, link);
  }
}
