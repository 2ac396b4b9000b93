package org.touchstone.mentions.platforms;

import java.util.List;
import java.util.Optional;
import org.touchstone.mentions.bluesky.BlueskyFactory;
import org.touchstone.mentions.mastodon.MastodonFactory;
import org.touchstone.mentions.platform.PlatformFactory;
import org.touchstone.mentions.x.XFactory;

/** All platforms on which the bot can have an account. A new platform adds one line here. */
public final class Platforms {
  private static final List<PlatformFactory> ALL =
      List.of(new XFactory(), new MastodonFactory(), new BlueskyFactory());

  private Platforms() {}

  /** All of them, in the order in which they are shown. */
  public static List<PlatformFactory> all() {
    return ALL;
  }

  /** The platform of this name. */
  public static Optional<PlatformFactory> find(String name) {
    return ALL.stream().filter(platform -> platform.name().equals(name)).findFirst();
  }
}
