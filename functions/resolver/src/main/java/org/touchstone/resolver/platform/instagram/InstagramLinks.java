package org.touchstone.resolver.platform.instagram;

import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.link.LinkTable;

/** Posts and reels on Instagram. */
public final class InstagramLinks {
  private static final String STORIES =
      "Instagram shows stories only to people who are signed in; save the story and upload it.";

  public static final LinkTable TABLE =
      LinkTable.of("instagram", "Instagram")
          .domains("instagram.com")
          .domains("ddinstagram.com", "kkinstagram.com", "vxinstagram.com", "eeinstagram.com")
          .domains("uuinstagram.com", "fxstagram.com", "instagramez.com")
          .hosts("instagr.am", "www.instagr.am")
          .variants("instagram.com", "stagram.com")
          .follow("share", "/share/{code:shortcode}", "https://www.instagram.com/share/{code}/")
          .follow("share", "/share/p/{code:code}/**", "https://www.instagram.com/share/p/{code}/")
          .follow(
              "share", "/share/reel/{code:code}/**", "https://www.instagram.com/share/reel/{code}/")
          .follow(
              "share",
              "/share/reels/{code:code}/**",
              "https://www.instagram.com/share/reel/{code}/")
          .follow("share", "/share/tv/{code:code}/**", "https://www.instagram.com/share/tv/{code}/")
          .extract("post", "/p/{code:shortcode}/**", "https://www.instagram.com/p/{code}/")
          .extract("reel", "/reel/{code:shortcode}/**", "https://www.instagram.com/reel/{code}/")
          .extract("reel", "/reels/{code:shortcode}/**", "https://www.instagram.com/reel/{code}/")
          .extract("post", "/tv/{code:shortcode}/**", "https://www.instagram.com/p/{code}/")
          .extract("post", "/*/p/{code:shortcode}/**", "https://www.instagram.com/p/{code}/")
          .extract("reel", "/*/reel/{code:shortcode}/**", "https://www.instagram.com/reel/{code}/")
          .extract("post", "/*/tv/{code:shortcode}/**", "https://www.instagram.com/p/{code}/")
          .extract("reel", "/*/reels/{code:shortcode}/**", "https://www.instagram.com/reel/{code}/")
          .extract(
              "reel", "/reels/videos/{code:shortcode}/**", "https://www.instagram.com/reel/{code}/")
          .refuse("/reels/audio/**", "This link leads to a sound on Instagram, not to a post.")
          .refuse("/explore/**", "This link leads to a list of posts; link to one of them.")
          .profile("/{:name}")
          .profile("/{:name}/{:profilepart}")
          .refuse("/*/s/**", ProblemType.PLATFORM_LOGIN_REQUIRED, STORIES)
          .refuse("/stories/**", ProblemType.PLATFORM_LOGIN_REQUIRED, STORIES)
          .refuse("/s/**", ProblemType.PLATFORM_LOGIN_REQUIRED, STORIES)
          .example("post", "https://www.instagram.com/p/AbCdEfGhIjK/")
          .example("reel", "https://www.instagram.com/reel/AbCdEfGhIjK/")
          .example("share", "https://www.instagram.com/share/AbCdEfGhIj")
          .build();

  private InstagramLinks() {}
}
