package org.touchstone.resolver.platform.bitchute;

import org.touchstone.resolver.link.LinkTable;

/** Videos on BitChute. */
public final class BitChuteLinks {
  public static final LinkTable TABLE =
      LinkTable.of("bitchute", "BitChute")
          .hosts("bitchute.com", "www.bitchute.com", "old.bitchute.com", "m.bitchute.com")
          .extract("video", "/video/{id:shortcode}/**", "https://www.bitchute.com/video/{id}/")
          .extract("video", "/embed/{id:shortcode}/**", "https://www.bitchute.com/video/{id}/")
          .examples(
              "https://www.bitchute.com/video/hLTrv5iA1wYf/",
              "https://www.bitchute.com/embed/hLTrv5iA1wYf",
              "https://www.bitchute.com/video/UGlrF9o9b-Q/")
          .counterexamples(
              "https://seed305.bitchute.com/QFESlQgqDfPO/hLTrv5iA1wYf.mp4",
              "https://bitchute.com.example.org/video/hLTrv5iA1wYf/")
          .build();

  private BitChuteLinks() {}
}
