package org.touchstone.resolver.platform.instagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;

/** Instagram. */
public final class Instagram {
  private Instagram() {}

  /**
   * @param vetricKey for Vetric's interface to Instagram, when there is one
   * @param maxVideoBytes largest video that is taken
   */
  public static PlatformExtractor extractor(
      PlatformClient client, Optional<String> vetricKey, long maxVideoBytes) {
    List<Strategy> strategies = new ArrayList<>();
    vetricKey.ifPresent(key -> strategies.add(new VetricInstagram(client, key, maxVideoBytes)));
    strategies.add(new InstagramEmbed(client));
    strategies.add(new InstagramGraph(client));
    return new PlatformExtractor(InstagramLinks.TABLE, client, strategies);
  }
}
