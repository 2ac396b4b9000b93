package org.touchstone.resolver.platform.x;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;

/** X. */
public final class XPlatform {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          XLinks.TABLE,
          List.of(
              new Coverage(
                  "X (also vx and fx mirrors, Nitter)",
                  "photos at original size, the best MP4 within the size limit, GIFs, quoted media,"
                      + " what advertisements show; reposted media by the API; community notes as"
                      + " source facts",
                  "API v2; the data that embedded posts are shown by",
                  "nothing; with `x-bearer-token` the API"),
              new Coverage("X's broadcasts and audio spaces", "recordings", "yt-dlp", "`yt-dlp`")),
          tools ->
              extractor(
                  tools.client(),
                  tools.keys().xBearerToken(),
                  tools.maxVideoBytes(),
                  tools.ytDlp()));

  private XPlatform() {}

  /**
   * @param bearerToken the bearer token of an application at X's API, when there is one
   * @param maxVideoBytes largest accepted video
   * @param recordings handles broadcasts and audio spaces, which are streams of segments
   */
  private static PlatformExtractor extractor(
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
