package org.touchstone.resolver.platform.bitchute;

import org.touchstone.resolver.link.LinkTable;

/** Videos on BitChute. */
public final class BitChuteLinks {
  public static final LinkTable TABLE =
      LinkTable.of("bitchute", "BitChute")
          .hosts("bitchute.com", "www.bitchute.com", "old.bitchute.com", "m.bitchute.com")
          .extract("video", "/video/{id:shortcode}/**", "https://www.bitchute.com/video/{id}/")
          .extract("video", "/embed/{id:shortcode}/**", "https://www.bitchute.com/video/{id}/")
          .example("video", "https://www.bitchute.com/video/AbCdEfGhIjKl/")
          .build();

  private BitChuteLinks() {}
}
