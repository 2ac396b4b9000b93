package org.touchstone.resolver.platform.tiktok;

import org.touchstone.resolver.link.LinkTable;

/** Videos and photo posts on TikTok. */
public final class TikTokLinks {
  public static final LinkTable TABLE =
      LinkTable.of("tiktok", "TikTok")
          .domains("tiktok.com")
          .hosts("vxtiktok.com", "www.vxtiktok.com", "tnktok.com")
          .follow("share", "//vm.tiktok.com/{code:code}/**", "https://vm.tiktok.com/{code}/")
          .follow("share", "//vt.tiktok.com/{code:code}/**", "https://vt.tiktok.com/{code}/")
          .follow("share", "/t/{code:code}/**", "https://www.tiktok.com/t/{code}/")
          .extract(
              "video",
              "/@{user:name}/video/{id:digits}/**",
              "https://www.tiktok.com/@{user}/video/{id}")
          .extract(
              "photo",
              "/@{user:name}/photo/{id:digits}/**",
              "https://www.tiktok.com/@{user}/photo/{id}")
          .extract("video", "/@/video/{id:digits}/**", "https://www.tiktok.com/@/video/{id}")
          .extract("photo", "/@/photo/{id:digits}/**", "https://www.tiktok.com/@/photo/{id}")
          .extract("video", "/v/{id:digits}.html", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/v/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/embed/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/embed/v2/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/player/v1/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/share/video/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/i18n/share/video/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .refuse("/@*/live", "Live streams on TikTok are not supported.")
          .examples(
              "https://www.tiktok.com/@deeptomcruise/video/7157421288976387333?lang=en",
              "https://www.tiktok.com/@karelia_moncada/photo/7298557158436654341",
              "https://vm.tiktok.com/ZMexample/",
              "http://m.tiktok.com/v/7157421288976387333.html",
              "https://www.tiktok.com/t/ZTexample")
          .counterexamples(
              "https://www.google.com/@a/video/7157421288976387333",
              "https://www.nottiktok.com/@a/video/7157421288976387333")
          .build();

  private TikTokLinks() {}
}
