package org.touchstone.resolver.platform.bluesky;

import org.touchstone.resolver.link.LinkTable;

/** Posts on Bluesky. */
public final class BlueskyLinks {
  public static final LinkTable TABLE =
      LinkTable.of("bluesky", "Bluesky")
          .hosts("bsky.app", "www.bsky.app", "main.bsky.dev", "staging.bsky.app")
          .hosts("fxbsky.app", "bskx.app", "vxbsky.app", "bskyx.app", "deer.social")
          .extract(
              "post",
              "/profile/{actor:did}/post/{rkey:code}/**",
              "https://bsky.app/profile/{actor}/post/{rkey}")
          .extract(
              "post",
              "/profile/{actor:domain}/post/{rkey:code}/**",
              "https://bsky.app/profile/{actor}/post/{rkey}")
          .example("post", "https://bsky.app/profile/USER.bsky.social/post/3abcdefghij2k")
          .build();

  private BlueskyLinks() {}
}
