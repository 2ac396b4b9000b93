package org.touchstone.resolver.platform.facebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;

/** Facebook. */
public final class Facebook {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          FacebookLinks.TABLE,
          List.of(
              new Coverage(
                  "Facebook",
                  "photos, videos, reels, posts, stories, share links, `fb.watch`",
                  "Vetric; the public page; yt-dlp as the last resort for videos and reels",
                  "nothing for what is public: of posts with many pictures those that the page"
                      + " names; all with `vetric-facebook-key`"),
              new Coverage(
                  "Facebook's library of advertisements",
                  "an advertisement's video",
                  "yt-dlp",
                  "`yt-dlp`")),
          tools ->
              extractor(
                      tools.client(),
                      tools.keys().vetricFacebookKey(),
                      tools.maxVideoBytes(),
                      tools.ytDlp())
                  .withLastResort(tools.lastResort(), "video", "reel"));

  private Facebook() {}

  /**
   * @param vetricKey the key for Vetric's Facebook API, when there is one
   * @param maxVideoBytes largest accepted video
   * @param advertisements handles links to the library of advertisements
   */
  private static PlatformExtractor extractor(
      PlatformClient client,
      Optional<String> vetricKey,
      long maxVideoBytes,
      Strategy advertisements) {
    List<Strategy> strategies = new ArrayList<>();
    vetricKey.ifPresent(key -> strategies.add(new VetricFacebook(client, key, maxVideoBytes)));
    strategies.add(new FacebookPage(client, maxVideoBytes));
    return new PlatformExtractor(
        FacebookLinks.TABLE, client, strategies, Map.of("ad", advertisements));
  }
}
