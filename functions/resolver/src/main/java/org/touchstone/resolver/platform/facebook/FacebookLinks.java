package org.touchstone.resolver.platform.facebook;

import org.touchstone.resolver.link.LinkTable;

/** Photos, videos, reels and posts on Facebook. */
public final class FacebookLinks {
  public static final LinkTable TABLE =
      LinkTable.of("facebook", "Facebook")
          .domains("facebook.com", "fb.com")
          .domains("facebed.com", "facebookez.com")
          .hosts("fb.watch", "www.fb.watch", "fb.me", "fb.gg")
          .variants("facebook.com")
          .follow("share", "//fb.watch/{code:code}", "https://fb.watch/{code}/")
          .follow("share", "//www.fb.watch/{code:code}", "https://fb.watch/{code}/")
          .follow("share", "//fb.watch/v/{code:code}", "https://fb.watch/v/{code}/")
          .follow("share", "//fb.me/{code:rest}", "https://fb.me/{code}")
          .follow("share", "//fb.gg/{code:rest}", "https://fb.gg/{code}")
          .follow("share", "/share/p/{code:code}", "https://www.facebook.com/share/p/{code}/")
          .follow("share", "/share/v/{code:code}", "https://www.facebook.com/share/v/{code}/")
          .follow("share", "/share/r/{code:code}", "https://www.facebook.com/share/r/{code}/")
          .follow(
              "share",
              "/share/{type:word}/{code:code}",
              "https://www.facebook.com/share/{type}/{code}/")
          .follow("share", "/share/{code:shortcode}", "https://www.facebook.com/share/{code}/")
          .extract("photo", "/photo?fbid={id:digits}", "https://www.facebook.com/photo/?fbid={id}")
          .extract(
              "photo", "/photo.php?fbid={id:digits}", "https://www.facebook.com/photo/?fbid={id}")
          .extract(
              "photo",
              "/photo/view_full_size?fbid={id:digits}",
              "https://www.facebook.com/photo/?fbid={id}")
          .extract("photo", "/photos/*/{id:digits}/**", "https://www.facebook.com/photo/?fbid={id}")
          .extract(
              "photo", "/*/photos/*/{id:digits}/**", "https://www.facebook.com/photo/?fbid={id}")
          .extract("photo", "/*/photos/{id:digits}/**", "https://www.facebook.com/photo/?fbid={id}")
          .extract("video", "/watch?v={id:digits}", "https://www.facebook.com/watch/?v={id}")
          .extract("video", "/watch/live?v={id:digits}", "https://www.facebook.com/watch/?v={id}")
          .extract("video", "/video.php?v={id:digits}", "https://www.facebook.com/watch/?v={id}")
          .extract(
              "video", "/video/video.php?v={id:digits}", "https://www.facebook.com/watch/?v={id}")
          .extract("video", "/*/videos/*/{id:digits}/**", "https://www.facebook.com/watch/?v={id}")
          .extract("video", "/*/videos/{id:digits}/**", "https://www.facebook.com/watch/?v={id}")
          .extract("video", "/photo.php?v={id:digits}", "https://www.facebook.com/watch/?v={id}")
          .extract("video", "/watch/{id:digits}", "https://www.facebook.com/watch/?v={id}")
          .extract("video", "/watch/*/{id:digits}/**", "https://www.facebook.com/watch/?v={id}")
          .extract("video", "/videos/{id:digits}/**", "https://www.facebook.com/watch/?v={id}")
          .extract("video", "/videos?v={id:digits}", "https://www.facebook.com/watch/?v={id}")
          .extract("video", "/video/{id:digits}/**", "https://www.facebook.com/watch/?v={id}")
          .extract(
              "video",
              "/video/embed?video_id={id:digits}",
              "https://www.facebook.com/watch/?v={id}")
          .extract("reel", "/reel?v={id:digits}", "https://www.facebook.com/reel/{id}")
          .extract("reel", "/reels?v={id:digits}", "https://www.facebook.com/reel/{id}")
          .extract("reel", "/{:name}/reel/{id:digits}/**", "https://www.facebook.com/reel/{id}")
          .extract("reel", "/{:name}/reels/{id:digits}/**", "https://www.facebook.com/reel/{id}")
          .extract("reel", "/reel/{id:digits}/**", "https://www.facebook.com/reel/{id}")
          .extract("reel", "/reels/{id:digits}/**", "https://www.facebook.com/reel/{id}")
          .extract(
              "post",
              "/groups/{group:name}/permalink/{id:story}/**",
              "https://www.facebook.com/groups/{group}/posts/{id}/")
          .extract(
              "post",
              "/groups/{group:name}/posts/{id:story}/**",
              "https://www.facebook.com/groups/{group}/posts/{id}/")
          .extract(
              "post",
              "/groups/{group:name}/posts/*/{id:story}/**",
              "https://www.facebook.com/groups/{group}/posts/{id}/")
          .extract(
              "post",
              "/groups/{group:name}/permalink/*/{id:story}/**",
              "https://www.facebook.com/groups/{group}/posts/{id}/")
          .extract(
              "post",
              "/groups/{group:name}?view=permalink&id={id:digits}",
              "https://www.facebook.com/groups/{group}/posts/{id}/")
          .extract(
              "post",
              "/groups/{group:name}?post_id={id:digits}",
              "https://www.facebook.com/groups/{group}/posts/{id}/")
          .extract(
              "post",
              "/groups/{group:name}?multi_permalinks={id:digits}",
              "https://www.facebook.com/groups/{group}/posts/{id}/")
          .extract(
              "post",
              "/groups/{group:name}?multi_permalinks={id:digits},*",
              "https://www.facebook.com/groups/{group}/posts/{id}/")
          .extract(
              "post",
              "/groups/{group:name}?multi_permalinks[0]={id:digits}",
              "https://www.facebook.com/groups/{group}/posts/{id}/")
          .extract(
              "post",
              "/permalink.php?story_fbid={id:code}&id={owner:digits}",
              "https://www.facebook.com/permalink.php?story_fbid={id}&id={owner}")
          .extract(
              "post",
              "/story.php?story_fbid={id:code}&id={owner:digits}",
              "https://www.facebook.com/permalink.php?story_fbid={id}&id={owner}")
          .extract(
              "post",
              "/{page:name}/posts/*/{id:story}/**",
              "https://www.facebook.com/{page}/posts/{id}")
          .extract(
              "post",
              "/{page:name}/posts/{id:story}/**",
              "https://www.facebook.com/{page}/posts/{id}")
          .extract(
              "story",
              "/stories/{bucket:digits}/{card:rest}",
              "https://www.facebook.com/stories/{bucket}/{card}/")
          .extract(
              "ad", "/ads/library?id={id:digits}", "https://www.facebook.com/ads/library/?id={id}")
          .refuse(
              "/ads/library/**",
              "This link leads to a list of advertisements; link to one of them.")
          .refuse("/media/set", "This link leads to an album on Facebook; link to one photo in it.")
          .refuse("/stories/**", "This link leads to a person's stories; link to one of them.")
          .refuse("/events/**", "This link leads to an event on Facebook, not to a post.")
          .refuse("/groups/{:name}/**", "This link leads to a group on Facebook, not to a post.")
          .profile("/profile.php")
          .profile("/people/*/{:digits}")
          .profile("/p/*")
          .profile("/{:profilename}")
          .profile("/{:name}/{:profilepart}")
          .example("post", "https://www.facebook.com/PAGE/posts/1234567890123456")
          .example("video", "https://www.facebook.com/watch/?v=1234567890123456")
          .example("reel", "https://www.facebook.com/reel/1234567890123456")
          .example("photo", "https://www.facebook.com/photo/?fbid=1234567890123456")
          .example("story", "https://www.facebook.com/stories/123456789012345/AbCdEfGhIjKl==")
          .example("ad", "https://www.facebook.com/ads/library/?id=1234567890123456")
          .example("share", "https://www.facebook.com/share/p/AbCdEfGhIj/")
          .build();

  private FacebookLinks() {}
}
