package org.touchstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.touchstone.client.TouchstoneClient;
import org.touchstone.client.model.NewAnalysis;

/**
 * Measures the whole path of {@code touchstone up} over HTTP, from the request for an analysis to
 * its verdict, with detectors that cost almost nothing. Every picture has its own bytes, so nothing
 * is reused. Baseline: one GET of a finished analysis.
 */
final class SpineBench {
  private static final int WARM_UP = 60;
  private static final int SINGLE = 100;
  private static final int MANY = 200;
  private static final int IN_FLIGHT = 8;
  private static final int POLL_MILLIS = 2;

  private final AtomicInteger pictures = new AtomicInteger();
  private final TouchstoneClient client;

  private SpineBench(TouchstoneClient client) {
    this.client = client;
  }

  static void run(Path root) throws Exception {
    try (TempFolder data = TempFolder.create();
        ChildProcess up =
            ChildProcess.touchstone(
                root,
                List.of(),
                "up",
                "--no-auth",
                "--port",
                "0",
                "--data",
                data.path().toString())) {
      BufferedReader out = up.process().inputReader();
      JsonNode addresses = new ObjectMapper().readTree(out.readLine());
      try (TouchstoneClient client =
          TouchstoneClient.at(URI.create(addresses.path("api").asText())).build()) {
        new SpineBench(client).run();
      }
      System.out.printf("peak memory of the process: %d MB%n", up.peakMegabytes());
    }
  }

  private void run() throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      analyse(upload());
    }
    String done = analyse(upload());
    long[] gets = new long[SINGLE];
    for (int i = 0; i < SINGLE; i++) {
      long start = System.nanoTime();
      client.analyses().get(done).join();
      gets[i] = System.nanoTime() - start;
    }
    Measurements baseline = Measurements.ofNanos(gets);
    System.out.println("GET of an analysis (baseline): " + baseline);

    long[] nanos = new long[SINGLE];
    for (int i = 0; i < SINGLE; i++) {
      String uploadId = upload();
      long start = System.nanoTime();
      analyse(uploadId);
      nanos[i] = System.nanoTime() - start;
    }
    Measurements single = Measurements.ofNanos(nanos);
    System.out.println("request to verdict, one at a time: " + single);
    System.out.printf(
        Locale.ROOT,
        "  = %.1f times the baseline's median%n",
        single.percentile(50) / baseline.percentile(50));

    List<String> uploads = IntStream.range(0, MANY).mapToObj(i -> upload()).toList();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(IN_FLIGHT)) {
      List<Future<String>> results =
          uploads.stream().map(id -> threads.submit(() -> analyse(id))).toList();
      for (Future<String> result : results) {
        result.get();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT, "%d in flight: %.1f verdicts per second%n", IN_FLIGHT, MANY / seconds);
  }

  private String upload() {
    return client.uploads().upload(picture()).join();
  }

  private byte[] picture() {
    try {
      return Pictures.jpeg(pictures.incrementAndGet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the analysis' id once the analysis has ended. */
  private String analyse(String uploadId) throws InterruptedException {
    String id = client.analyses().create(NewAnalysis.ofUpload(uploadId, null)).join().id();
    while (true) {
      // The client's own wait has longer pauses than what is measured here takes.
      switch (client.analyses().get(id).join().status()) {
        case COMPLETE -> {
          return id;
        }
        case FAILED -> throw new IllegalStateException("analysis failed");
        default -> Thread.sleep(POLL_MILLIS);
      }
    }
  }
}
