package org.touchstone.resolver.platform.mastodon;

import org.touchstone.resolver.link.LinkTable;

/**
 * Posts on Mastodon servers. Any host may run Mastodon, so the table claims no host. A link with
 * one of these forms to a host that no other platform claims may be a post; the server must confirm
 * it.
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
          .example("post", "https://mastodon.social/@USER/123456789012345678")
          .build();

  private MastodonLinks() {}
}
