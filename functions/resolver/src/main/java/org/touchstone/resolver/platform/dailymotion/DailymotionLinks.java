package org.touchstone.resolver.platform.dailymotion;

import org.touchstone.resolver.link.LinkTable;

/** Videos on Dailymotion. */
public final class DailymotionLinks {
  private static final String CANONICAL = "https://www.dailymotion.com/video/{id}";

  public static final LinkTable TABLE =
      LinkTable.of("dailymotion", "Dailymotion")
          .domains("dailymotion.com", "dai.ly")
          .extract("video", "/video/{id:clip}", CANONICAL)
          .extract("video", "/video/{id:clip}_*", CANONICAL)
          .extract("video", "/*/video/{id:clip}", CANONICAL)
          .extract("video", "/*/video/{id:clip}_*", CANONICAL)
          .extract("video", "/embed/video/{id:clip}", CANONICAL)
          .extract("video", "/hub/*?video={id:clip}", CANONICAL)
          .extract("video", "/player.html?video={id:clip}", CANONICAL)
          .extract("video", "/player/*?video={id:clip}", CANONICAL)
          .extract("video", "/swf/{id:clip}", CANONICAL)
          .extract("video", "/swf/video/{id:clip}", CANONICAL)
          .extract("video", "/crawler/video/{id:clip}", CANONICAL)
          .extract("video", "/cdn/manifest/video/{id:clip}.*", CANONICAL)
          .extract("video", "//dai.ly/{id:clip}", CANONICAL)
          .refuse("/playlist/**", "This link leads to a list of videos; link to one of them.")
          .profile("/user/**")
          .example("video", "https://www.dailymotion.com/video/x1abcde")
          .build();

  private DailymotionLinks() {}
}
