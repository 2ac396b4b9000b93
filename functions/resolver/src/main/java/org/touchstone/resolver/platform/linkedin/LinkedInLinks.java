package org.touchstone.resolver.platform.linkedin;

import org.touchstone.resolver.link.LinkTable;

/** Public posts on LinkedIn. */
public final class LinkedInLinks {
  public static final LinkTable TABLE =
      LinkTable.of("linkedin", "LinkedIn")
          .domains("linkedin.com")
          .hosts("lnkd.in", "www.lnkd.in")
          .follow("share", "//lnkd.in/{code:rest}", "https://lnkd.in/{code}")
          .follow("share", "//www.lnkd.in/{code:rest}", "https://lnkd.in/{code}")
          .extract(
              "post",
              "/posts/*-{urn:urn}-{id:digits}-*",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .extract(
              "post",
              "/posts/*-{urn:urn}-{id:digits}",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .extract(
              "post",
              "/posts/{urn:urn}-{id:digits}-*",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .extract(
              "post",
              "/posts/{urn:urn}-{id:digits}",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .extract(
              "post",
              "/feed/update/urn:li:{urn:urn}:{id:digits}/**",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .extract(
              "post",
              "/embed/feed/update/urn:li:{urn:urn}:{id:digits}/**",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .extract(
              "post",
              "/video/live/urn:li:{urn:urn}:{id:digits}/**",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .extract(
              "post",
              "/posts/*_{urn:urn}-{id:digits}-*",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .extract(
              "post",
              "/posts/*_{urn:urn}-{id:digits}",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .follow("share", "/slink?code={code:code}", "https://www.linkedin.com/slink?code={code}")
          .extract(
              "post",
              "/feed/update/{urn:urn}:{id:digits}/**",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .extract(
              "post",
              "/feed?highlightedUpdateUrn=urn:li:{urn:urn}:{id:digits}",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .extract(
              "post",
              "/feed?updateEntityUrn=urn:li:{urn:urn}:{id:digits}",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .extract(
              "post",
              "/analytics/post-summary/urn:li:{urn:urn}:{id:digits}",
              "https://www.linkedin.com/feed/update/urn:li:{urn}:{id}/")
          .profile("/in/*")
          .profile("/company/*")
          .profile("/company/*/posts")
          .refuse("/pulse/**", "Articles on LinkedIn are not supported.")
          .example(
              "post", "https://www.linkedin.com/posts/USER_TITLE-activity-1234567890123456789-AbCd")
          .example("share", "https://lnkd.in/AbCdEfGh")
          .build();

  private LinkedInLinks() {}
}
