package org.touchstone.resolver.platform.reddit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.DashManifests;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.PlatformTools;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.Extraction;
import org.touchstone.resolver.post.Extractor;
import org.touchstone.resolver.post.Post;

/** Reddit. */
public final class Reddit implements Extractor {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          RedditLinks.TABLE,
          List.of(
              new Coverage(
                  "Reddit",
                  "pictures, galleries in order, hosted video with its separate sound, crossposts,"
                      + " `/s/` and `v.redd.it` links",
                  "API; the data of public pages",
                  "nothing, but Reddit turns many away who have no `reddit-app-id` and"
                      + " `reddit-app-secret`")),
          Reddit::new);

  private final PlatformExtractor posts;

  private Reddit(PlatformTools tools) {
    PlatformClient client = tools.client();
    RedditPost decoder = new RedditPost(new DashManifests(client, tools.maxVideoBytes()));
    List<Strategy> strategies = new ArrayList<>();
    tools
        .keys()
        .redditApp()
        .ifPresent(
            known ->
                strategies.add(
                    new RedditApi(
                        client,
                        new RedditToken(client, known.id(), known.secret(), tools.clock()),
                        decoder)));
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
      // A file of a hosted video: it can be fetched without its post.
      return new Post(platform(), link.toString(), null, null, List.of(link));
    }
    return posts.extract(link);
  }
}
