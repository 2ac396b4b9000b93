package org.touchstone.resolver.platform.x;

import org.touchstone.resolver.link.LinkTable;

/** Posts on X, under any of its names, and on mirrors that people share instead. */
public final class XLinks {
  public static final LinkTable TABLE =
      LinkTable.of("x", "X")
          .hosts("x.com", "www.x.com", "mobile.x.com", "m.x.com", "platform.x.com")
          .hosts("twitter.com", "www.twitter.com", "mobile.twitter.com", "m.twitter.com")
          .hosts("platform.twitter.com", "cdn.syndication.twimg.com")
          .hosts("vxtwitter.com", "www.vxtwitter.com", "fixvx.com", "d.vxtwitter.com")
          .hosts("fxtwitter.com", "www.fxtwitter.com", "d.fxtwitter.com", "fixupx.com")
          .hosts("twittpr.com", "nitter.net", "xcancel.com", "nitter.poast.org")
          .extract("post", "/i/status/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract("post", "/i/web/status/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract("post", "/i/videos/tweet/{id:digits}", "https://x.com/i/status/{id}")
          .extract("post", "/i/bookmarks?post_id={id:digits}", "https://x.com/i/status/{id}")
          .extract(
              "post", "/{user:handle}/status/{id:digits}/**", "https://x.com/{user}/status/{id}")
          .extract(
              "post", "/{user:handle}/statuses/{id:digits}/**", "https://x.com/{user}/status/{id}")
          .extract("post", "/statuses/{id:digits}", "https://x.com/i/status/{id}")
          .extract("post", "/embed/Tweet.html?id={id:digits}", "https://x.com/i/status/{id}")
          .extract("post", "/tweet-result?id={id:digits}", "https://x.com/i/status/{id}")
          .extract("space", "/i/spaces/{id:code}/**", "https://x.com/i/spaces/{id}")
          .extract("broadcast", "/i/broadcasts/{id:code}/**", "https://x.com/i/broadcasts/{id}")
          .example("post", "https://x.com/USER/status/1234567890123456789")
          .example("space", "https://x.com/i/spaces/1AbCdEfGhIjKl")
          .example("broadcast", "https://x.com/i/broadcasts/1AbCdEfGhIjKl")
          .build();

  private XLinks() {}
}
