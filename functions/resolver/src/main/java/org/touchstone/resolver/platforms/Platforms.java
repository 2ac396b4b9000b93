package org.touchstone.resolver.platforms;

import java.time.InstantSource;
import java.util.List;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platform.PlatformTools;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platform.bitchute.BitChute;
import org.touchstone.resolver.platform.bluesky.Bluesky;
import org.touchstone.resolver.platform.dailymotion.Dailymotion;
import org.touchstone.resolver.platform.facebook.Facebook;
import org.touchstone.resolver.platform.googledrive.GoogleDrive;
import org.touchstone.resolver.platform.instagram.Instagram;
import org.touchstone.resolver.platform.linkedin.LinkedIn;
import org.touchstone.resolver.platform.mastodon.MastodonExtractor;
import org.touchstone.resolver.platform.reddit.Reddit;
import org.touchstone.resolver.platform.rumble.Rumble;
import org.touchstone.resolver.platform.shortlink.Shorteners;
import org.touchstone.resolver.platform.telegram.Telegram;
import org.touchstone.resolver.platform.threads.Threads;
import org.touchstone.resolver.platform.tiktok.TikTok;
import org.touchstone.resolver.platform.truthsocial.TruthSocial;
import org.touchstone.resolver.platform.vimeo.Vimeo;
import org.touchstone.resolver.platform.web.WebPages;
import org.touchstone.resolver.platform.x.XPlatform;
import org.touchstone.resolver.platform.youtube.YouTube;
import org.touchstone.resolver.post.Extractor;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.ytdlp.YtDlpPosts;

/** The registry of all platforms: one line for each. */
public final class Platforms {
  public static final List<Platform> ALL =
      List.of(
          XPlatform.PLATFORM,
          Reddit.PLATFORM,
          TruthSocial.PLATFORM,
          Bluesky.PLATFORM,
          TikTok.PLATFORM,
          Instagram.PLATFORM,
          Facebook.PLATFORM,
          Threads.PLATFORM,
          Telegram.PLATFORM,
          GoogleDrive.PLATFORM,
          BitChute.PLATFORM,
          Rumble.PLATFORM,
          LinkedIn.PLATFORM,
          Vimeo.PLATFORM,
          Dailymotion.PLATFORM,
          YouTube.PLATFORM,
          Shorteners.PLATFORM,
          MastodonExtractor.PLATFORM);

  private Platforms() {}

  /** Whether a platform claims the link's host. */
  public static boolean claimByHost(WebLink link) {
    return ALL.stream().anyMatch(platform -> platform.links().claims(link));
  }

  /**
   * An extractor for each platform, and one for all other links.
   *
   * @param maxVideoBytes largest accepted video, used to choose among encodings
   * @param ytDlp reads pages that Touchstone has no reader for, or no longer understands
   */
  public static Extractors extractors(
      PlatformClient client,
      PlatformKeys keys,
      long maxVideoBytes,
      InstantSource clock,
      YtDlpPosts ytDlp) {
    Extractor pages = new WebPages(client, ytDlp, Platforms::claimByHost);
    PlatformTools tools =
        new PlatformTools(
            client,
            keys,
            maxVideoBytes,
            clock,
            counted(client, ytDlp),
            counted(client, ytDlp::video),
            Platforms::claimByHost,
            pages);
    return new Extractors(
        ALL.stream().map(platform -> platform.extractor().apply(tools)).toList(), pages);
  }

  /** A strategy that runs another program; its request counts as one of the client's. */
  private static Strategy counted(PlatformClient client, Strategy strategy) {
    return link -> {
      client.acquire(link.canonical());
      return strategy.extract(link);
    };
  }
}
