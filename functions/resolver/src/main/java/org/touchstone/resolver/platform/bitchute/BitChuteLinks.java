package org.touchstone.resolver.platform.bitchute;

import org.touchstone.resolver.link.LinkTable;

/** Videos on BitChute. */
public final class BitChuteLinks {
  public static final LinkTable TABLE =
      LinkTable.of("bitchute", "BitChute")
          .hosts(
              "bitchute.com",
              "www.bitchute.com",
              "old.bitchute.com",
              "m.bitchute.com",
              "api.bitchute.com")
          .extract("video", "/video/{id:shortcode}/**", "https://www.bitchute.com/video/{id}/")
          .extract("video", "/embed/{id:shortcode}/**", "https://www.bitchute.com/video/{id}/")
          .profile("/channel/**")
          .profile("/profile/**")
          .refuse("/playlist/**", "This link leads to a list of videos; link to one of them.")
          .example("video", "https://www.bitchute.com/video/AbCdEfGhIjKl/")
          .build();

  private BitChuteLinks() {}
}
