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
          .extract("video", "//dai.ly/{id:clip}", CANONICAL)
          .refuse("/playlist/**", "This link leads to a list of videos; link to one of them.")
          .examples(
              "https://www.dailymotion.com/video/x5kesuj",
              "https://www.dailymotion.com/video/x5kesuj_a-title_news",
              "https://dai.ly/x5kesuj",
              "https://geo.dailymotion.com/player.html?video=x5kesuj&mute=true")
          .counterexamples(
              "https://dailymotion.com.example.org/video/x5kesuj",
              "https://s1.dmcdn.net/v/AbC/x1080")
          .build();

  private DailymotionLinks() {}
}
