package org.touchstone.mentions.bluesky;

import java.net.URI;
import java.util.List;
import org.touchstone.mentions.calls.ApiClient;
import org.touchstone.mentions.calls.Graphemes;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformAccess;
import org.touchstone.mentions.platform.PlatformFactory;
import org.touchstone.mentions.platform.Prices;
import org.touchstone.mentions.platform.Traits;

/** Bluesky: at most 300 graphemes, no prices. */
public final class BlueskyFactory implements PlatformFactory {
  static final URI ADDRESS = URI.create("https://bsky.social");

  private static final int MAX_GRAPHEMES = 300;
  private static final int MAX_REPLIES = 3;

  static final Traits TRAITS =
      new Traits(MAX_REPLIES, true, true, MAX_GRAPHEMES, Graphemes::count, Prices.FREE);

  @Override
  public String name() {
    return Bluesky.NAME;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public List<Authorization> authorizations() {
    return List.of(new BlueskyAuthorization());
  }

  @Override
  public Platform open(PlatformAccess access) {
    return new Bluesky(
        new ApiClient("Bluesky", access.address().orElse(ADDRESS), access.allowPrivate()), access);
  }
}
