package org.touchstone.resolver.platform.reddit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.RefusedKeys;
import org.touchstone.resolver.platform.Reply;

/**
 * An application's access token: requested on first use, kept while valid and renewed a minute
 * before it expires. A failure is not kept. Thread-safe; at most one request runs at a time.
 */
final class RedditToken {
  private static final WebLink ENDPOINT =
      WebLink.parse("https://www.reddit.com/api/v1/access_token");

  /** The names of the settings that the token is asked for with. */
  static final String SETTINGS = "reddit-app-id, reddit-app-secret";

  private static final long MARGIN_SECONDS = 60;

  private final PlatformClient client;
  private final String credentials;
  private final InstantSource clock;
  private String token;
  private Instant renewAt = Instant.MIN;

  RedditToken(PlatformClient client, String appId, String appSecret, InstantSource clock) {
    this.client = client;
    this.credentials =
        Base64.getEncoder()
            .encodeToString((appId + ":" + appSecret).getBytes(StandardCharsets.UTF_8));
    this.clock = clock;
  }

  /**
   * @throws ProblemException when Reddit does not issue a token
   */
  synchronized String value() throws IOException {
    if (!clock.instant().isBefore(renewAt)) {
      Reply reply =
          client.send(
              FetchRequest.postForm(ENDPOINT, Map.of("grant_type", "client_credentials"))
                  .with("Authorization", "Basic " + credentials));
      if (reply.status() >= 400 && reply.status() < 429) {
        throw RefusedKeys.refused("Reddit", SETTINGS, reply.status());
      }
      JsonNode answer = reply.orThrow().json();
      String fresh = Nodes.text(answer, "access_token");
      if (fresh == null || !fresh.matches("[\\x21-\\x7E]{1,4096}")) {
        throw new ProblemException(ProblemType.PLATFORM_CHANGED);
      }
      token = fresh;
      renewAt = clock.instant().plusSeconds(Nodes.number(answer, "expires_in") - MARGIN_SECONDS);
    }
    return token;
  }

  /** Makes the next call request a new token after this one was rejected. */
  synchronized void forget(String refused) {
    if (refused.equals(token)) {
      renewAt = Instant.MIN;
    }
  }
}
