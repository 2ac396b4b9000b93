package org.touchstone.resolver.platform.mastodon;

import org.touchstone.resolver.link.LinkTable;

/**
 * Posts on Mastodon servers. Any host may be one, so the table claims no host: a link of one of
 * these forms to a host that no other platform claims may be a post, which the server must confirm.
 */
public final class MastodonLinks {
  public static final LinkTable TABLE =
      LinkTable.of("mastodon", "Mastodon")
          .extract(
              "post",
              "/@{user:name}@{home:domain}/{id:digits}/**",
              "https://{host}/@{user}@{home}/{id}")
          .extract("post", "/@{user:name}/{id:digits}/**", "https://{host}/@{user}/{id}")
          .extract(
              "post",
              "/web/@{user:name}@{home:domain}/{id:digits}",
              "https://{host}/@{user}@{home}/{id}")
          .extract("post", "/web/@{user:name}/{id:digits}", "https://{host}/@{user}/{id}")
          .extract(
              "post",
              "/deck/@{user:name}@{home:domain}/{id:digits}",
              "https://{host}/@{user}@{home}/{id}")
          .extract("post", "/deck/@{user:name}/{id:digits}", "https://{host}/@{user}/{id}")
          .extract(
              "post", "/users/{user:name}/statuses/{id:digits}/**", "https://{host}/@{user}/{id}")
          .examples(
              "https://mastodon.gamedev.place/@RustyBertrand@mastodon.social/111728190835688257",
              "https://mastodon.gamedev.place/@badlogic/111772886977661740",
              "https://mastodon.gamedev.place/@gregeganSF@mathstodon.xyz/111774983643968115",
              "https://mastodon.online/users/a/statuses/111772535207072024")
          .counterexamples(
              "https://www.threads.net/@zuck/post/CuXFPIeLLod",
              "https://www.tiktok.com/@a/video/7157421288976387333",
              "https://medium.com/@user/2024-in-review-abc123",
              "https://mastodon.social/@Gargron",
              "https://truthsocial.com/@a/113154381896339455")
          .build();

  private MastodonLinks() {}
}
