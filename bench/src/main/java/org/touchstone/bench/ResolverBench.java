package org.touchstone.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.GuardedConnector;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platform.PostCache;
import org.touchstone.resolver.platform.RateLimits;
import org.touchstone.resolver.platforms.Platforms;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.ytdlp.YtDlp;
import org.touchstone.resolver.ytdlp.YtDlpPosts;

/**
 * Measures the cost of finding a post's media on each platform, against platforms on loopback.
 * Processor time is that of the resolving thread, without the platforms. Baseline: the same
 * requests with answers that nobody reads.
 */
final class ResolverBench {
  private static final int WARM_UP = 400;
  private static final int TIMES = 400;
  private static final long MAX_VIDEO_BYTES = 1L << 30;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ResolverBench() {}

  static void run() throws Exception {
    try (StandIn web = new StandIn();
        PlatformClient client = client(web.address())) {
      System.out.printf(
          "%-22s %8s %8s %12s %12s %20s%n",
          "platform", "requests", "KB", "requests us", "resolve us", "resolves/s per core");
      for (PlatformAnswers.Case post : PlatformAnswers.all(web)) {
        measure(web, client, post);
      }
    }
  }

  /** Extractors for all platforms; yt-dlp is missing. */
  static Extractors extractors(PlatformClient client, PlatformKeys keys) {
    YtDlp missing =
        YtDlp.of(
            "/nowhere/yt-dlp",
            new GuardedConnector(FetchPolicy.DEFAULT),
            new YtDlp.Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), MAX_VIDEO_BYTES),
            Path.of("/nowhere"));
    return Platforms.extractors(
        client, keys, MAX_VIDEO_BYTES, InstantSource.system(), new YtDlpPosts(missing));
  }

  /** A client without a cache and practically without rate limits. */
  static PlatformClient client(WebLink standIn) {
    return new PlatformClient(
        StandIn.fetcher(standIn, MAX_VIDEO_BYTES),
        "bench",
        new RateLimits(1_000_000_000, Map.of(), InstantSource.system()),
        new PostCache(InstantSource.system(), 0));
  }

  /** Work that is measured many times. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static void measure(StandIn web, PlatformClient client, PlatformAnswers.Case post)
      throws IOException {
    Extractors extractors = extractors(client, post.keys());
    WebLink link = WebLink.parse(post.url());
    web.note();
    extractors.find(link);
    List<FetchRequest> requests = web.noted();
    int bytes = 0;
    for (FetchRequest request : requests) {
      bytes += client.send(request).body().length;
    }
    double sending =
        micros(
            () -> {
              for (FetchRequest request : requests) {
                client.send(request);
              }
            });
    double resolving = micros(() -> extractors.find(link));
    System.out.printf(
        Locale.ROOT,
        "%-22s %8d %8d %12.0f %12.0f %,20.0f%n",
        post.name(),
        requests.size(),
        bytes / 1000,
        sending,
        resolving,
        1e6 / resolving);
  }

  /** Processor time of this thread per repetition, in microseconds. */
  private static double micros(Work work) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      work.run();
    }
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < TIMES; i++) {
      work.run();
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / TIMES;
  }
}
