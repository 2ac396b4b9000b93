package org.touchstone.resolver.platform.bluesky;

import org.touchstone.resolver.link.LinkTable;

/** Posts on Bluesky. */
public final class BlueskyLinks {
  public static final LinkTable TABLE =
      LinkTable.of("bluesky", "Bluesky")
          .hosts("bsky.app", "www.bsky.app", "main.bsky.dev", "staging.bsky.app")
          .domains("fxbsky.app", "bskx.app", "vxbsky.app", "bskyx.app", "bsyy.app", "bskye.app")
          .hosts("deer.social", "www.deer.social", "blacksky.community", "embed.bsky.app")
          .variants("bsky.app")
          .extract(
              "post",
              "/profile/{actor:did}/post/{rkey:code}/**",
              "https://bsky.app/profile/{actor}/post/{rkey}")
          .extract(
              "post",
              "/profile/{actor:domain}/post/{rkey:code}/**",
              "https://bsky.app/profile/{actor}/post/{rkey}")
          .extract(
              "post",
              "/embed/{actor:did}/app.bsky.feed.post/{rkey:code}/**",
              "https://bsky.app/profile/{actor}/post/{rkey}")
          .extract(
              "post",
              "/profile/@{actor:domain}/post/{rkey:code}/**",
              "https://bsky.app/profile/{actor}/post/{rkey}")
          .profile("/profile/*")
          .example("post", "https://bsky.app/profile/USER.bsky.social/post/3abcdefghij2k")
          .build();

  private BlueskyLinks() {}
}
