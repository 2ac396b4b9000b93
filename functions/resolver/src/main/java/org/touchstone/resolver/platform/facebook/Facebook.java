package org.touchstone.resolver.platform.facebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;

/** Facebook. */
public final class Facebook {
  private Facebook() {}

  /**
   * @param vetricKey for Vetric's interface to Facebook, when there is one
   * @param maxVideoBytes largest video that is taken
   * @param advertisements takes what is in the library of advertisements
   */
  public static PlatformExtractor extractor(
      PlatformClient client,
      Optional<String> vetricKey,
      long maxVideoBytes,
      Strategy advertisements) {
    List<Strategy> strategies = new ArrayList<>();
    vetricKey.ifPresent(key -> strategies.add(new VetricFacebook(client, key, maxVideoBytes)));
    strategies.add(new FacebookPage(client));
    return new PlatformExtractor(
        FacebookLinks.TABLE, client, strategies, Map.of("ad", advertisements));
  }
}
