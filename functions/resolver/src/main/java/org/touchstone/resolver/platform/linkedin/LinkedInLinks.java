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
          .refuse("/pulse/**", "Articles on LinkedIn are not supported.")
          .examples(
              "https://www.linkedin.com/posts/jane-doe_ai-activity-7151241570371948544-4Gu7",
              "https://de.linkedin.com/feed/update/urn:li:activity:7016901149999955968/")
          .counterexamples(
              "https://www.linkedin.com.example.org/feed/update/urn:li:activity:7016901149999955968/",
              "https://media.licdn.com/dms/image/abc/1")
          .build();

  private LinkedInLinks() {}
}
