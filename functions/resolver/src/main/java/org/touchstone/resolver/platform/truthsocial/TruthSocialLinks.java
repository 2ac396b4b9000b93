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
          .examples(
              "https://truthsocial.com/@TruthSports/posts/113154381896339455",
              "https://truthsocial.com/@TruthSports/113154381896339455")
          .counterexamples(
              "https://mastodon.social/@TruthSports/113154381896339455",
              "https://faketruthsocial.com/@a/posts/1")
          .build();

  private TruthSocialLinks() {}
}
