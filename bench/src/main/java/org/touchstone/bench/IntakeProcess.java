package org.touchstone.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.link.WebLink;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.fetch.Fetcher;
import org.touchstone.resolver.ingest.MediaIngest;
import org.touchstone.resolver.ingest.MediaResolver;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.probe.Ffprobe;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.storage.MediaOwner;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.UploadStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The resolver in its own process; prints one line of measurements. */
final class IntakeProcess {
  /** No analysis asks for these media. */
  private static final MediaOwner OWNER = new MediaOwner("bench", "7" + "0".repeat(25));

  static final String DROP = "drop";
  static final String STREAM = "stream";
  static final String STREAM_GC = "stream-gc";
  static final String ONE = "one";
  static final String ALL = "all";

  private static final WebLink VIDEO = WebLink.parse("https://video.example.org/1gb.mp4");
  private static final String SMALL = "https://x.com/jane/status/1";
  private static final int POSTS = 200;
  private static final long MAX_BYTES = 2L << 30;
  private static final long LOOK_MILLIS = 200;

  private IntakeProcess() {}

  /**
   * @param args the task, then the locations that {@link IntakeBench} lists
   */
  public static void main(String... args) throws Exception {
    S3Client s3 =
        S3Client.builder()
            .endpointOverride(URI.create(args[2]))
            .region(EmbeddedS3.REGION)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(args[3], args[4])))
            .forcePathStyle(true)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(client -> client.addExecutionInterceptor(new NoExpectContinue()))
            .build();
    S3Presigner presigner = S3Presigner.builder().region(EmbeddedS3.REGION).build();
    ObjectStore objects = new ObjectStore(s3, IntakeBench.BUCKET);
    WebLink web = WebLink.parse(args[1]);
    Ffprobe ffprobe = new Ffprobe(new Ffprobe.Executable(args[5], args[6]), Duration.ofSeconds(30));
    MediaIngest ingest =
        new MediaIngest(
            new MediaProbe(ffprobe, MediaLimits.DEFAULT),
            MediaLimits.DEFAULT,
            new MediaStore(objects, s3, presigner),
            Path.of(args[7]));
    try (Fetcher fetcher = StandIn.fetcher(web, MAX_BYTES);
        PlatformClient client = ResolverBench.client(web)) {
      MediaResolver resolver =
          new MediaResolver(
              ResolverBench.extractors(client, PlatformKeys.NONE),
              fetcher,
              new UploadStore(objects, presigner, MAX_BYTES),
              ingest);
      System.out.println(
          switch (args[0]) {
            case DROP -> drop(fetcher);
            case STREAM -> stream(resolver, false);
            case STREAM_GC -> stream(resolver, true);
            case ONE -> posts(resolver, 1);
            default -> posts(resolver, POSTS);
          });
    }
    System.exit(0);
  }

  private static String drop(Fetcher fetcher) throws Exception {
    long start = System.nanoTime();
    long bytes =
        fetcher.get(VIDEO, response -> response.body().transferTo(OutputStream.nullOutputStream()));
    return speed(bytes, start);
  }

  private static String stream(MediaResolver resolver, boolean collect) throws Exception {
    resolver.resolve(AnalysisInput.ofUrl(SMALL), OWNER);
    System.gc();
    long before = held();
    AtomicLong most = new AtomicLong();
    Thread watcher = Thread.ofPlatform().daemon().start(() -> watch(collect, most));
    long start = System.nanoTime();
    long bytes = resolver.resolve(AnalysisInput.ofUrl(VIDEO.toString()), OWNER).getFirst().bytes();
    String speed = speed(bytes, start);
    watcher.interrupt();
    watcher.join();
    return speed
        + String.format(
            Locale.ROOT,
            ", heap held before %.1f MB, at most %.1f MB more%s",
            before / 1e6,
            (most.get() - before) / 1e6,
            collect ? "" : " with garbage");
  }

  private static void watch(boolean collect, AtomicLong most) {
    try {
      while (true) {
        if (collect) {
          System.gc();
        }
        most.accumulateAndGet(collect ? held() : used(), Math::max);
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Heap in use after the last collection, without later allocations. */
  private static long held() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Processor time covers the whole process, its start included. */
  private static String speed(long bytes, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double processor =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    return String.format(
        Locale.ROOT,
        "%.1f s, %.0f MB per second, %.1f s of processor time",
        seconds,
        bytes / 1e6 / seconds,
        processor);
  }

  /** Resolves {@link #POSTS} posts, {@code atOnce} at a time, after as many for warming up. */
  private static String posts(MediaResolver resolver, int atOnce) throws Exception {
    long first = 1_000_000L + atOnce * 1_000_000L;
    resolve(resolver, first, 20);
    long start = System.nanoTime();
    long[] nanos = resolve(resolver, first + POSTS, atOnce);
    double seconds = (System.nanoTime() - start) / 1e9;
    return String.format(Locale.ROOT, "%.0f per second, ", POSTS / seconds)
        + Measurements.ofNanos(nanos);
  }

  private static long[] resolve(MediaResolver resolver, long firstId, int atOnce) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      List<Future<Long>> all =
          IntStream.range(0, POSTS)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            long start = System.nanoTime();
                            resolver.resolve(
                                AnalysisInput.ofUrl("https://x.com/jane/status/" + (firstId + i)),
                                OWNER);
                            return System.nanoTime() - start;
                          }))
              .toList();
      long[] nanos = new long[all.size()];
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] = all.get(i).get();
      }
      return nanos;
    }
  }
}
