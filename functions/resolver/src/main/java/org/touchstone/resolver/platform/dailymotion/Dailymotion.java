package org.touchstone.resolver.platform.dailymotion;

import java.util.List;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformExtractor;

/** Dailymotion, read by yt-dlp. */
public final class Dailymotion {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          DailymotionLinks.TABLE,
          List.of(new Coverage("Dailymotion", "videos", "yt-dlp", "`yt-dlp`")),
          tools ->
              new PlatformExtractor(
                  DailymotionLinks.TABLE, tools.client(), List.of(tools.ytDlp())));

  private Dailymotion() {}
}
