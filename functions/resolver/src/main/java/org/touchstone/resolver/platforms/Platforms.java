package org.touchstone.resolver.platforms;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platform.bitchute.BitChute;
import org.touchstone.resolver.platform.bluesky.Bluesky;
import org.touchstone.resolver.platform.dailymotion.DailymotionLinks;
import org.touchstone.resolver.platform.facebook.Facebook;
import org.touchstone.resolver.platform.googledrive.GoogleDrive;
import org.touchstone.resolver.platform.instagram.Instagram;
import org.touchstone.resolver.platform.linkedin.LinkedIn;
import org.touchstone.resolver.platform.mastodon.MastodonExtractor;
import org.touchstone.resolver.platform.reddit.Reddit;
import org.touchstone.resolver.platform.rumble.Rumble;
import org.touchstone.resolver.platform.shortlink.ShortLinks;
import org.touchstone.resolver.platform.telegram.Telegram;
import org.touchstone.resolver.platform.threads.Threads;
import org.touchstone.resolver.platform.tiktok.TikTok;
import org.touchstone.resolver.platform.truthsocial.TruthSocial;
import org.touchstone.resolver.platform.vimeo.VimeoLinks;
import org.touchstone.resolver.platform.web.WebPages;
import org.touchstone.resolver.platform.x.XPlatform;
import org.touchstone.resolver.platform.youtube.YouTube;
import org.touchstone.resolver.post.Extractor;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.ytdlp.YtDlpPosts;

/** All platforms. */
public final class Platforms {
  private Platforms() {}

  /**
   * What is paid for or registered for; each is optional.
   *
   * @param xBearerToken of an application at X's API
   * @param redditApp an application at Reddit
   * @param vetricInstagramKey for Vetric's interface to Instagram
   * @param vetricFacebookKey for Vetric's interface to Facebook
   * @param googleApiKey for Google Drive's API
   */
  public record Keys(
      Optional<String> xBearerToken,
      Optional<Reddit.App> redditApp,
      Optional<String> vetricInstagramKey,
      Optional<String> vetricFacebookKey,
      Optional<String> googleApiKey) {
    public static final Keys NONE =
        new Keys(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** These, and of the others those that are not among these. */
    public Keys or(Keys others) {
      return new Keys(
          xBearerToken.or(others::xBearerToken),
          redditApp.or(others::redditApp),
          vetricInstagramKey.or(others::vetricInstagramKey),
          vetricFacebookKey.or(others::vetricFacebookKey),
          googleApiKey.or(others::googleApiKey));
    }

    /** Tells nothing of the keys. */
    @Override
    public String toString() {
      return "Keys";
    }
  }

  /**
   * @param maxVideoBytes largest video that is taken, which decides among encodings
   * @param ytDlp takes what nothing of our own takes, or does not understand any more
   */
  public static Extractors all(
      PlatformClient client, Keys keys, long maxVideoBytes, InstantSource clock, YtDlpPosts ytDlp) {
    Extractor pages = new WebPages(client, ytDlp);
    Strategy byYtDlp =
        link -> {
          client.acquire(link.canonical());
          return ytDlp.extract(link);
        };
    Strategy lastResort =
        link -> {
          client.acquire(link.canonical());
          return ytDlp.video(link);
        };
    return new Extractors(
        List.of(
            XPlatform.extractor(client, keys.xBearerToken(), maxVideoBytes, byYtDlp),
            new Reddit(client, keys.redditApp(), maxVideoBytes, clock),
            TruthSocial.extractor(client),
            Bluesky.extractor(client),
            TikTok.extractor(client, maxVideoBytes).withLastResort(lastResort, "video"),
            Instagram.extractor(client, keys.vetricInstagramKey(), maxVideoBytes)
                .withLastResort(lastResort, "reel"),
            Facebook.extractor(client, keys.vetricFacebookKey(), maxVideoBytes, byYtDlp)
                .withLastResort(lastResort, "video", "reel"),
            Threads.extractor(client, maxVideoBytes),
            Telegram.extractor(client),
            GoogleDrive.extractor(client, keys.googleApiKey()),
            BitChute.extractor(client).withLastResort(lastResort, "video"),
            Rumble.extractor(client, maxVideoBytes).withLastResort(lastResort, "video", "embed"),
            LinkedIn.extractor(client, maxVideoBytes),
            new PlatformExtractor(VimeoLinks.TABLE, client, List.of(byYtDlp)),
            new PlatformExtractor(DailymotionLinks.TABLE, client, List.of(byYtDlp)),
            new YouTube(),
            new PlatformExtractor(ShortLinks.TABLE, client, List.of()),
            new MastodonExtractor(client, pages)),
        pages);
  }
}
