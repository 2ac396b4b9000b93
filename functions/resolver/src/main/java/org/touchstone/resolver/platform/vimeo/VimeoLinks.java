package org.touchstone.resolver.platform.vimeo;

import org.touchstone.resolver.link.LinkTable;

/** Videos on Vimeo; the id of an unlisted one has a second part. */
public final class VimeoLinks {
  private static final String CANONICAL = "https://vimeo.com/{id}";
  private static final String UNLISTED = "https://vimeo.com/{id}/{hash}";

  public static final LinkTable TABLE =
      LinkTable.of("vimeo", "Vimeo")
          .domains("vimeo.com", "vimeopro.com")
          .extract("unlisted", "/{id:digits}/{hash:hex}/**", UNLISTED)
          .extract("unlisted", "/{id:digits}?h={hash:hex}", UNLISTED)
          .extract("unlisted", "/video/{id:digits}?h={hash:hex}", UNLISTED)
          .extract("unlisted", "/*/review/{id:digits}/{hash:hex}/**", UNLISTED)
          .extract("video", "/m/{id:digits}/**", CANONICAL)
          .extract("video", "/moogaloop.swf?clip_id={id:digits}", CANONICAL)
          .extract("video", "/categories/*/videos/{id:digits}/**", CANONICAL)
          .extract("video", "/{id:digits}", CANONICAL)
          .extract("video", "/video/{id:digits}/**", CANONICAL)
          .extract("video", "/channels/*/{id:digits}/**", CANONICAL)
          .extract("video", "/groups/*/videos/{id:digits}/**", CANONICAL)
          .extract("video", "/album/*/video/{id:digits}/**", CANONICAL)
          .extract("video", "/showcase/*/video/{id:digits}/**", CANONICAL)
          .extract("video", "/manage/videos/{id:digits}/**", CANONICAL)
          .refuse("/event/**", "Live events on Vimeo are not supported.")
          .refuse("/ondemand/**", "Videos on Vimeo that are for sale are not supported.")
          .profile("/{:name}")
          .example("video", "https://vimeo.com/123456789")
          .example("unlisted", "https://vimeo.com/123456789/0a1b2c3d4e")
          .build();

  private VimeoLinks() {}
}
