package org.touchstone.resolver.platform.truthsocial;

import java.util.List;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.mastodon.MastodonStatus;

/**
 * Truth Social, a relative of Mastodon; its servers turn away many clients that are not browsers.
 */
public final class TruthSocial {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          TruthSocialLinks.TABLE,
          List.of(
              new Coverage(
                  "Truth Social",
                  "attachments of public posts",
                  "its Mastodon API",
                  "nothing; its servers turn away many clients that are not a browser")),
          tools ->
              new PlatformExtractor(
                  TruthSocialLinks.TABLE,
                  tools.client(),
                  List.of(new MastodonStatus(tools.client()))));

  private TruthSocial() {}
}
