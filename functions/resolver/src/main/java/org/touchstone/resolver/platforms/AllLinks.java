package org.touchstone.resolver.platforms;

import java.util.List;
import java.util.Optional;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.LinkTable;
import org.touchstone.resolver.platform.bitchute.BitChuteLinks;
import org.touchstone.resolver.platform.bluesky.BlueskyLinks;
import org.touchstone.resolver.platform.dailymotion.DailymotionLinks;
import org.touchstone.resolver.platform.facebook.FacebookLinks;
import org.touchstone.resolver.platform.googledrive.GoogleDriveLinks;
import org.touchstone.resolver.platform.instagram.InstagramLinks;
import org.touchstone.resolver.platform.linkedin.LinkedInLinks;
import org.touchstone.resolver.platform.mastodon.MastodonLinks;
import org.touchstone.resolver.platform.reddit.RedditLinks;
import org.touchstone.resolver.platform.rumble.RumbleLinks;
import org.touchstone.resolver.platform.shortlink.ShortLinks;
import org.touchstone.resolver.platform.telegram.TelegramLinks;
import org.touchstone.resolver.platform.threads.ThreadsLinks;
import org.touchstone.resolver.platform.tiktok.TikTokLinks;
import org.touchstone.resolver.platform.truthsocial.TruthSocialLinks;
import org.touchstone.resolver.platform.vimeo.VimeoLinks;
import org.touchstone.resolver.platform.x.XLinks;
import org.touchstone.resolver.platform.youtube.YouTubeLinks;

/** Every platform's table, and which of them claims a link. */
public final class AllLinks {
  /** The tables that claim by host. */
  public static final List<LinkTable> BY_HOST =
      List.of(
          XLinks.TABLE,
          RedditLinks.TABLE,
          TruthSocialLinks.TABLE,
          BlueskyLinks.TABLE,
          TikTokLinks.TABLE,
          InstagramLinks.TABLE,
          FacebookLinks.TABLE,
          ThreadsLinks.TABLE,
          TelegramLinks.TABLE,
          GoogleDriveLinks.TABLE,
          BitChuteLinks.TABLE,
          RumbleLinks.TABLE,
          LinkedInLinks.TABLE,
          VimeoLinks.TABLE,
          DailymotionLinks.TABLE,
          YouTubeLinks.TABLE,
          ShortLinks.TABLE);

  private AllLinks() {}

  /** The table of the platform that a link's host belongs to. */
  public static Optional<LinkTable> byHost(WebLink link) {
    return BY_HOST.stream().filter(table -> table.claims(link)).findFirst();
  }

  /** Whether a link looks like a Mastodon post on a host that is no other platform's. */
  public static boolean mayBeMastodon(WebLink link) {
    return byHost(link).isEmpty() && MastodonLinks.TABLE.find(link).isPresent();
  }
}
