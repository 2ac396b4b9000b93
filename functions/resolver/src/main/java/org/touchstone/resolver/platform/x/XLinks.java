package org.touchstone.resolver.platform.x;

import org.touchstone.resolver.link.LinkTable;

/** Posts on X, under any of its names, and on mirrors that people share instead. */
public final class XLinks {
  public static final LinkTable TABLE =
      LinkTable.of("x", "X")
          .hosts("x.com", "www.x.com", "mobile.x.com", "m.x.com", "platform.x.com")
          .hosts("twitter.com", "www.twitter.com", "mobile.twitter.com", "m.twitter.com")
          .hosts("platform.twitter.com", "cdn.syndication.twimg.com")
          .hosts("pic.x.com", "pic.twitter.com")
          .domains("vxtwitter.com", "fixvx.com", "fxtwitter.com", "fixupx.com", "twittpr.com")
          .domains("xfixup.com", "twitterez.com", "girlcockx.com", "stupidpenisx.com", "cunnyx.com")
          .hosts("nitter.net", "nitter.poast.org", "nitter.space", "xcancel.com", "www.xcancel.com")
          .hosts("lightbrd.com", "nuku.trabun.org", "bird.habedieeh.re", "twitt.re", "twiiit.com")
          .software("nitter")
          .variants("twitter.com")
          .follow("share", "//pic.twitter.com/{code:code}", "https://pic.x.com/{code}")
          .follow("share", "//pic.x.com/{code:code}", "https://pic.x.com/{code}")
          .extract("post", "/i/status/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract("post", "/i/web/status/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract("post", "/i/videos/tweet/{id:digits}", "https://x.com/i/status/{id}")
          .extract("post", "/i/bookmarks?post_id={id:digits}", "https://x.com/i/status/{id}")
          .extract(
              "post", "/{user:handle}/status/{id:digits}/**", "https://x.com/{user}/status/{id}")
          .extract(
              "post", "/{user:handle}/statuses/{id:digits}/**", "https://x.com/{user}/status/{id}")
          .extract(
              "post", "/@{user:handle}/status/{id:digits}/**", "https://x.com/{user}/status/{id}")
          // A mirror's address of the post's file.
          .extract(
              "post", "/{user:handle}/status/{id:digits}.*", "https://x.com/{user}/status/{id}")
          .extract(
              "post",
              "/{:word}/{user:handle}/status/{id:digits}/**",
              "https://x.com/{user}/status/{id}")
          .extract(
              "post",
              "/{:word}/{user:handle}/statuses/{id:digits}/**",
              "https://x.com/{user}/status/{id}")
          .extract("post", "/i/article/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract(
              "post", "/{user:handle}/article/{id:digits}/**", "https://x.com/{user}/status/{id}")
          .extract("post", "/i/birdwatch/t/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract("post", "/i/communitynotes/t/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract("post", "/i/tweet/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract("post", "/i/cards/tfw/v1/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract("post", "/i/videos/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract("post", "/statuses/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract("post", "/status/{id:digits}/**", "https://x.com/i/status/{id}")
          .extract("post", "/intent/{:word}?tweet_id={id:digits}", "https://x.com/i/status/{id}")
          .extract("post", "/intent/{:word}?in_reply_to={id:digits}", "https://x.com/i/status/{id}")
          .extract("post", "/embed/index.html?id={id:digits}", "https://x.com/i/status/{id}")
          .extract("post", "/embed/Tweet.html?id={id:digits}", "https://x.com/i/status/{id}")
          .extract("post", "/tweet-result?id={id:digits}", "https://x.com/i/status/{id}")
          .extract("space", "/i/spaces/{id:code}/**", "https://x.com/i/spaces/{id}")
          .extract("broadcast", "/i/broadcasts/{id:code}/**", "https://x.com/i/broadcasts/{id}")
          .refuse("/i/**", "This link leads to X, but not to a post.")
          .refuse("/{:xsection}/**", "This link leads to X, but not to a post.")
          .profile("/{:handle}")
          .profile("/{:handle}/{:profilepart}")
          .example("post", "https://x.com/USER/status/1234567890123456789")
          .example("space", "https://x.com/i/spaces/1AbCdEfGhIjKl")
          .example("share", "https://pic.x.com/AbCdEfGhIj")
          .example("broadcast", "https://x.com/i/broadcasts/1AbCdEfGhIjKl")
          .build();

  private XLinks() {}
}
