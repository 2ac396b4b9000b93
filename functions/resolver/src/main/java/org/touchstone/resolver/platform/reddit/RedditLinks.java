package org.touchstone.resolver.platform.reddit;

import org.touchstone.resolver.link.LinkTable;

/** Posts on Reddit; a link to a comment means its post. */
public final class RedditLinks {
  public static final LinkTable TABLE =
      LinkTable.of("reddit", "Reddit")
          .domains("reddit.com")
          .hosts("redd.it", "www.redd.it", "v.redd.it", "rxddit.com", "vxreddit.com")
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
          .extract("post", "/gallery/{id:base36}", "https://www.reddit.com/comments/{id}")
          .extract("post", "/tb/{id:base36}", "https://www.reddit.com/comments/{id}")
          .extract("post", "/{id:digital36}", "https://www.reddit.com/comments/{id}")
          .examples(
              "https://www.reddit.com/r/TheTrumpZone/comments/18klukv/what_a_title/",
              "reddit.com/r/science/comments/18z5syo",
              "https://old.reddit.com//r/Scams/comments/17qvqyx/title/k9abcde/",
              "https://redd.it/18klukv",
              "https://www.reddit.com/r/pics/s/AbC123xyz",
              "https://v.redd.it/y9b1mwu9sx9c1")
          .counterexamples(
              "https://i.redd.it/metcabl4wkgb1.png",
              "https://reddit.com.example.org/r/a/comments/18klukv/",
              "https://notreddit.com/r/a/comments/18klukv/")
          .build();

  private RedditLinks() {}
}
