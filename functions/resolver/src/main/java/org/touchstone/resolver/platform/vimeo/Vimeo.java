package org.touchstone.resolver.platform.vimeo;

import java.util.List;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformExtractor;

/** Vimeo, read by yt-dlp. */
public final class Vimeo {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          VimeoLinks.TABLE,
          List.of(
              new Coverage(
                  "Vimeo", "videos, also unlisted ones by their whole link", "yt-dlp", "`yt-dlp`")),
          tools -> new PlatformExtractor(VimeoLinks.TABLE, tools.client(), List.of(tools.ytDlp())));

  private Vimeo() {}
}
