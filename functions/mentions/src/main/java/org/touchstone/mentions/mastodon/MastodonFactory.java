package org.touchstone.mentions.mastodon;

import java.util.List;
import java.util.regex.Pattern;
import org.touchstone.mentions.calls.Graphemes;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformAccess;
import org.touchstone.mentions.platform.PlatformFactory;
import org.touchstone.mentions.platform.Prices;
import org.touchstone.mentions.platform.Traits;

/**
 * Mastodon and servers with its API. A post has 500 characters, of which the adapter keeps 32 for
 * the name of the person who asked; a link counts 23, and of a name on another server only the part
 * before its host.
 */
public final class MastodonFactory implements PlatformFactory {
  private static final int MAX_LENGTH = 500;
  private static final int NAME_RESERVE = 32;
  private static final int MAX_REPLIES = 3;
  private static final String AS_LONG_AS_A_LINK = "x".repeat(23);
  private static final Pattern LINK = Pattern.compile("(?i)https?://\\S+");
  private static final Pattern HOST = Pattern.compile("(@[A-Za-z0-9_]+)@[A-Za-z0-9.-]+");

  static final Traits TRAITS =
      new Traits(
          MAX_REPLIES, true, true, MAX_LENGTH - NAME_RESERVE, MastodonFactory::length, Prices.FREE);

  private static int length(String text) {
    String counted = LINK.matcher(text).replaceAll(AS_LONG_AS_A_LINK);
    return Graphemes.count(HOST.matcher(counted).replaceAll("$1"));
  }

  @Override
  public String name() {
    return Mastodon.NAME;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public List<Authorization> authorizations() {
    return List.of(new MastodonAuthorization());
  }

  @Override
  public Platform open(PlatformAccess access) {
    return new Mastodon(access);
  }
}
