package org.touchstone.resolver.platform.tiktok;

import org.touchstone.resolver.link.LinkTable;

/** Videos and photo posts on TikTok. */
public final class TikTokLinks {
  public static final LinkTable TABLE =
      LinkTable.of("tiktok", "TikTok")
          .domains("tiktok.com")
          .domains("vxtiktok.com", "tnktok.com", "tiktxk.com", "tiktokez.com", "tfxktok.com")
          .software("proxitok")
          .variants("tiktok.com")
          .follow("share", "//vm.tiktok.com/{code:code}/**", "https://vm.tiktok.com/{code}/")
          .follow("share", "//vt.tiktok.com/{code:code}/**", "https://vt.tiktok.com/{code}/")
          .follow("share", "//vm.{:domain}/{code:code}/**", "https://vm.tiktok.com/{code}/")
          .follow("share", "//vt.{:domain}/{code:code}/**", "https://vt.tiktok.com/{code}/")
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
          .extract("video", "/video/{id:digits}/**", "https://www.tiktok.com/@/video/{id}")
          .extract("photo", "/photo/{id:digits}/**", "https://www.tiktok.com/@/photo/{id}")
          .extract("video", "/foryou?item_id={id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/share/item/{id:digits}/**", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/embed/v3/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/v/{id:digits}.html", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/v/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/embed/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/embed/v2/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/player/v1/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/share/video/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .extract("video", "/i18n/share/video/{id:digits}", "https://www.tiktok.com/@/video/{id}")
          .refuse("/@*/live", "Live streams on TikTok are not supported.")
          .profile("/@{:name}")
          .refuse("/music/**", "This link leads to a sound on TikTok, not to a video.")
          .refuse("/tag/**", "This link leads to a list of videos; link to one of them.")
          .refuse("/@*/playlist/**", "This link leads to a list of videos; link to one of them.")
          .example("video", "https://www.tiktok.com/@USER/video/1234567890123456789")
          .example("photo", "https://www.tiktok.com/@USER/photo/1234567890123456789")
          .example("share", "https://vm.tiktok.com/ZAbCdEfGh/")
          .build();

  private TikTokLinks() {}
}
