package org.touchstone.resolver.platform.threads;

import org.touchstone.resolver.link.LinkTable;

/** Posts on Threads. */
public final class ThreadsLinks {
  public static final LinkTable TABLE =
      LinkTable.of("threads", "Threads")
          .hosts("threads.net", "www.threads.net", "threads.com", "www.threads.com")
          .domains("fixthreads.net", "vxthreads.net", "fixthreads.seria.moe", "threadsez.com")
          .variants("threads.net", "threads.com")
          .extract(
              "post",
              "/@{user:name}/post/{code:shortcode}/**",
              "https://www.threads.com/@{user}/post/{code}")
          .extract("post", "/t/{code:shortcode}/**", "https://www.threads.com/t/{code}")
          .extract("post", "/post/{code:shortcode}/**", "https://www.threads.com/t/{code}")
          .extract("post", "/p/{code:shortcode}/**", "https://www.threads.com/t/{code}")
          .profile("/@{:name}")
          .profile("/@{:name}/{:profilepart}")
          .example("post", "https://www.threads.com/@USER/post/AbCdEfGhIjK")
          .build();

  private ThreadsLinks() {}
}
