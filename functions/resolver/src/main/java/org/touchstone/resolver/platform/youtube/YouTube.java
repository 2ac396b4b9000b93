package org.touchstone.resolver.platform.youtube;

import java.util.List;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformExtractor;

/** YouTube, whose terms do not allow fetching. */
public final class YouTube {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          YouTubeLinks.TABLE,
          List.of(
              new Coverage(
                  "YouTube", "nothing: its terms exclude it; upload the file instead", "–", "–")),
          tools -> new PlatformExtractor(YouTubeLinks.TABLE, tools.client(), List.of()));

  private YouTube() {}
}
