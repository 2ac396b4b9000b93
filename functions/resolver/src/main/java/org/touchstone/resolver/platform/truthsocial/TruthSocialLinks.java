package org.touchstone.resolver.platform.truthsocial;

import org.touchstone.resolver.link.LinkTable;

/** Posts on Truth Social. */
public final class TruthSocialLinks {
  public static final LinkTable TABLE =
      LinkTable.of("truthsocial", "Truth Social")
          .hosts("truthsocial.com", "www.truthsocial.com", "m.truthsocial.com")
          .extract(
              "post",
              "/@{user:handle}/posts/{id:digits}/**",
              "https://truthsocial.com/@{user}/posts/{id}")
          .extract(
              "post",
              "/@{user:handle}/{id:digits}/**",
              "https://truthsocial.com/@{user}/posts/{id}")
          .extract(
              "post",
              "/users/{user:handle}/statuses/{id:digits}",
              "https://truthsocial.com/@{user}/posts/{id}")
          .profile("/@{:handle}")
          .example("post", "https://truthsocial.com/@USER/posts/123456789012345678")
          .build();

  private TruthSocialLinks() {}
}
