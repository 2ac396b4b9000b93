package org.touchstone.resolver.platform.truthsocial;

import java.util.List;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.mastodon.MastodonStatus;

/** Truth Social, a relative of Mastodon; its servers turn away many who do not use a browser. */
public final class TruthSocial {
  private TruthSocial() {}

  public static PlatformExtractor extractor(PlatformClient client) {
    return new PlatformExtractor(
        TruthSocialLinks.TABLE, client, List.of(new MastodonStatus(client)));
  }
}
