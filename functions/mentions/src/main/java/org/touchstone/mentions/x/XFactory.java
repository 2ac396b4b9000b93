package org.touchstone.mentions.x;

import java.net.URI;
import java.util.List;
import org.touchstone.mentions.calls.ApiClient;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformAccess;
import org.touchstone.mentions.platform.PlatformFactory;
import org.touchstone.mentions.platform.Prices;
import org.touchstone.mentions.platform.Traits;

/**
 * X. Its rules of 2026 allow one reply per mention, to the post that names the bot, and nothing
 * after it. Prices by its list of August 2026, in millionths of a dollar: a mention of one's own
 * account 1,000, an account's name 10,000, another post 5,000, a reply to who asked 10,000, a post
 * with a link 200,000. What X charges once a day only is counted each time, so that a cap errs on
 * the safe side.
 */
public final class XFactory implements PlatformFactory {
  static final URI ADDRESS = URI.create("https://api.x.com");
  static final long OWNED_READ = 1_000;
  static final long USER_READ = 10_000;
  static final long POST_READ = 5_000;
  static final long REPLY = 10_000;
  static final long REPLY_WITH_LINK = 200_000;

  private static final int PAGE = 25;
  private static final int MOST_POSTS = 4;
  private static final int MOST_FOUND = 300;

  static final Traits TRAITS =
      new Traits(
          1,
          false,
          false,
          WeightedLength.CURRENT.max(),
          WeightedLength.CURRENT::of,
          new Prices(
              PAGE * (OWNED_READ + USER_READ),
              MOST_POSTS * POST_READ,
              MOST_FOUND * OWNED_READ,
              REPLY,
              REPLY_WITH_LINK));

  @Override
  public String name() {
    return X.NAME;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public List<Authorization> authorizations() {
    return List.of(new XPinAuthorization(), new XPkceAuthorization());
  }

  @Override
  public Platform open(PlatformAccess access) {
    return new X(
        new ApiClient("X", access.address().orElse(ADDRESS), access.allowPrivate()), access);
  }
}
