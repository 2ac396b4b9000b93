package org.touchstone.resolver.platform.reddit;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.Extraction;
import org.touchstone.resolver.post.Extractor;
import org.touchstone.resolver.post.Post;

/** Reddit. */
public final class Reddit implements Extractor {
  private final PlatformExtractor posts;

  /**
   * An application registered at Reddit.
   *
   * @param id its client id
   * @param secret its client secret
   */
  public record App(String id, String secret) {
    @Override
    public String toString() {
      return "App[" + id + "]";
    }
  }

  /**
   * @param app what to ask as, when there is one
   * @param maxVideoBytes largest video that is taken
   */
  public Reddit(PlatformClient client, Optional<App> app, long maxVideoBytes, InstantSource clock) {
    RedditPost decoder = new RedditPost(new DashManifests(client, maxVideoBytes));
    List<Strategy> strategies = new ArrayList<>();
    app.ifPresent(
        known ->
            strategies.add(
                new RedditApi(
                    client, new RedditToken(client, known.id(), known.secret(), clock), decoder)));
    strategies.add(new RedditPublic(client, decoder));
    this.posts = new PlatformExtractor(RedditLinks.TABLE, client, strategies);
  }

  @Override
  public String platform() {
    return posts.platform();
  }

  @Override
  public boolean claims(WebLink link) {
    return posts.claims(link);
  }

  @Override
  public Extraction extract(WebLink link) throws IOException {
    if (RedditLinks.TABLE.match(link).kind().equals("file")) {
      // One of a hosted video's files: it needs no post to be found by.
      return new Post(platform(), link.toString(), null, null, List.of(link));
    }
    return posts.extract(link);
  }
}
