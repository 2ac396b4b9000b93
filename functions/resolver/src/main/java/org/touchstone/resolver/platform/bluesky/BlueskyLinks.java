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
          .examples(
              "https://bsky.app/profile/blu3blue.bsky.social/post/3l4omssdl632g",
              "https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3l3vgf77uco2g")
          .counterexamples(
              "https://bsky.app.example.org/profile/a.bsky.social/post/3l4omssdl632g",
              "https://blueskyweb.xyz/profile/a.bsky.social/post/3l4omssdl632g")
          .build();

  private BlueskyLinks() {}
}
