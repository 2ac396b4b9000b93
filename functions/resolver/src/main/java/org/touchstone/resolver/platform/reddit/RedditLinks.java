package org.touchstone.resolver.platform.reddit;

import org.touchstone.resolver.link.LinkTable;

/** Posts on Reddit; a link to a comment means its post. */
public final class RedditLinks {
  public static final LinkTable TABLE =
      LinkTable.of("reddit", "Reddit")
          .domains("reddit.com")
          .domains("rxddit.com", "vxreddit.com", "rxyddit.com", "redditez.com", "redditmedia.com")
          .hosts("redd.it", "www.redd.it", "v.redd.it", "safereddit.com")
          .software("redlib", "libreddit", "teddit")
          .variants("reddit.com")
          .extract(
              "post",
              "//v.redd.it/link/{id:base36}/asset/{:base36}/**",
              "https://www.reddit.com/comments/{id}")
          .extract("file", "//v.redd.it/{id:base36}/{file:name}", "https://v.redd.it/{id}/{file}")
          .follow("video", "//v.redd.it/{id:base36}", "https://v.redd.it/{id}")
          .follow("video", "/video/{id:base36}", "https://www.reddit.com/video/{id}")
          .follow(
              "share",
              "/r/{community:handle}/s/{code:code}",
              "https://www.reddit.com/r/{community}/s/{code}")
          .follow(
              "share", "/u/{user:code}/s/{code:code}", "https://www.reddit.com/u/{user}/s/{code}")
          .follow(
              "share",
              "/user/{user:code}/s/{code:code}",
              "https://www.reddit.com/u/{user}/s/{code}")
          .extract("post", "/r/*/comments/{id:base36}/**", "https://www.reddit.com/comments/{id}")
          .extract(
              "post", "/user/*/comments/{id:base36}/**", "https://www.reddit.com/comments/{id}")
          .extract("post", "/u/*/comments/{id:base36}/**", "https://www.reddit.com/comments/{id}")
          .extract("post", "/comments/{id:base36}/**", "https://www.reddit.com/comments/{id}")
          .extract(
              "post",
              "/link/{id:base36}/video/{:base36}/**",
              "https://www.reddit.com/comments/{id}")
          .extract("post", "/r/*/comments/{id:base36}.*", "https://www.reddit.com/comments/{id}")
          .extract("post", "/comments/{id:base36}.*", "https://www.reddit.com/comments/{id}")
          .extract("post", "/r/*/duplicates/{id:base36}/**", "https://www.reddit.com/comments/{id}")
          .extract("post", "/duplicates/{id:base36}/**", "https://www.reddit.com/comments/{id}")
          .extract("post", "/mediaembed/{id:base36}/**", "https://www.reddit.com/comments/{id}")
          .extract("post", "/poll/{id:base36}", "https://www.reddit.com/comments/{id}")
          .extract("post", "/by_id/t3_{id:base36}", "https://www.reddit.com/comments/{id}")
          .extract("post", "/t3_{id:base36}", "https://www.reddit.com/comments/{id}")
          .extract("post", "/gallery/{id:base36}", "https://www.reddit.com/comments/{id}")
          .extract("post", "/tb/{id:base36}", "https://www.reddit.com/comments/{id}")
          .extract("post", "/{id:digital36}", "https://www.reddit.com/comments/{id}")
          .refuse("/r/{:code}/**", "This link leads to a community on Reddit, not to a post.")
          .profile("/user/{:code}/**")
          .profile("/u/{:code}/**")
          .example("post", "https://www.reddit.com/r/COMMUNITY/comments/1abc234/TITLE/")
          .example("share", "https://www.reddit.com/r/COMMUNITY/s/AbCdEfGhIj")
          .example("video", "https://v.redd.it/abc123def456g")
          .example("file", "https://v.redd.it/abc123def456g/DASHPlaylist.mpd")
          .build();

  private RedditLinks() {}
}
