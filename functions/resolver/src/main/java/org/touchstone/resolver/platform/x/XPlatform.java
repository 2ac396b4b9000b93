package org.touchstone.resolver.platform.x;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;

/** X. */
public final class XPlatform {
  private XPlatform() {}

  /**
   * @param bearerToken of an application at X's API, when there is one
   * @param maxVideoBytes largest video that is taken
   * @param recordings takes broadcasts and audio spaces, which are streams of segments
   */
  public static PlatformExtractor extractor(
      PlatformClient client,
      Optional<String> bearerToken,
      long maxVideoBytes,
      Strategy recordings) {
    List<Strategy> strategies = new ArrayList<>();
    Strategy embedded = new XSyndication(client, maxVideoBytes);
    bearerToken.ifPresent(
        token -> strategies.add(new XApi(client, token, maxVideoBytes, embedded)));
    strategies.add(embedded);
    return new PlatformExtractor(
        XLinks.TABLE, client, strategies, Map.of("broadcast", recordings, "space", recordings));
  }
}
