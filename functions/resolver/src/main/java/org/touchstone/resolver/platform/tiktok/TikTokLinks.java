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
          .example("video", "https://www.tiktok.com/@USER/video/1234567890123456789")
          .example("photo", "https://www.tiktok.com/@USER/photo/1234567890123456789")
          .example("share", "https://vm.tiktok.com/ZAbCdEfGh/")
          .build();

  private TikTokLinks() {}
}
