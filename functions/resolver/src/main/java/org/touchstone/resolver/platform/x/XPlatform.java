package org.touchstone.resolver.platform.x;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platform.links.XLinks;

/** X. */
public final class XPlatform {
  private XPlatform() {}

  /**
   * @param bearerToken of an application at X's API, when there is one
   * @param maxVideoBytes largest video that is taken
   */
  public static PlatformExtractor extractor(
      PlatformClient client, Optional<String> bearerToken, long maxVideoBytes) {
    List<Strategy> strategies = new ArrayList<>();
    bearerToken.ifPresent(token -> strategies.add(new XApi(client, token, maxVideoBytes)));
    strategies.add(new XSyndication(client, maxVideoBytes));
    return new PlatformExtractor(XLinks.TABLE, client, strategies);
  }
}
