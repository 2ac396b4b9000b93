package org.touchstone.resolver.platform.instagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;

/** Instagram. */
public final class Instagram {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          InstagramLinks.TABLE,
          List.of(
              new Coverage(
                  "Instagram",
                  "posts, reels, carousels, share links",
                  "Vetric; the embedded post; the page's own query; the page; yt-dlp as the last"
                      + " resort for reels, which without an account has not worked since July"
                      + " 2026",
                  "nothing, but Instagram often asks to sign in without `vetric-instagram-key`:"
                      + " then save the media and upload them")),
          tools ->
              extractor(tools.client(), tools.keys().vetricInstagramKey(), tools.maxVideoBytes())
                  .withLastResort(tools.lastResort(), "reel"));

  private Instagram() {}

  /**
   * @param vetricKey the key for Vetric's Instagram API, when there is one
   * @param maxVideoBytes largest accepted video
   */
  private static PlatformExtractor extractor(
      PlatformClient client, Optional<String> vetricKey, long maxVideoBytes) {
    List<Strategy> strategies = new ArrayList<>();
    vetricKey.ifPresent(key -> strategies.add(new VetricInstagram(client, key, maxVideoBytes)));
    strategies.add(new InstagramEmbed(client, maxVideoBytes));
    strategies.add(new InstagramGraph(client, maxVideoBytes));
    strategies.add(new InstagramPage(client, maxVideoBytes));
    return new PlatformExtractor(InstagramLinks.TABLE, client, strategies);
  }
}
