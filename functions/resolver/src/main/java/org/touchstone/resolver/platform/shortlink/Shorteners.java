package org.touchstone.resolver.platform.shortlink;

import java.util.List;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformExtractor;

/** Services that shorten links. */
public final class Shorteners {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          ShortLinks.TABLE,
          List.of(
              new Coverage(
                  "Short links (`t.co`, `bit.ly`, …)",
                  "the link that they lead to",
                  "redirects, and what the page says",
                  "nothing")),
          tools -> new PlatformExtractor(ShortLinks.TABLE, tools.client(), List.of()));

  private Shorteners() {}
}
