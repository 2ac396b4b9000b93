package org.touchstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

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

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger pictures = new AtomicInteger();
  private final URI api;

  private SpineBench(URI api) {
    this.api = api;
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
      new SpineBench(URI.create(addresses.path("api").asText())).run();
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
      get("/v1/analyses/" + done);
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

    List<String> uploads = IntStream.range(0, MANY).mapToObj(i -> uploadUnchecked()).toList();
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

  private String uploadUnchecked() {
    try {
      return upload();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String upload() throws Exception {
    byte[] picture = Pictures.jpeg(pictures.incrementAndGet());
    JsonNode upload = post("/v1/uploads", "{\"bytes\":" + picture.length + "}");
    HttpRequest.Builder put =
        HttpRequest.newBuilder(URI.create(upload.path("url").asText()))
            .PUT(BodyPublishers.ofByteArray(picture));
    upload
        .path("headers")
        .properties()
        .forEach(
            header -> {
              String name = header.getKey().toLowerCase(Locale.ROOT);
              if (!name.equals("content-length") && !name.equals("host")) {
                put.header(name, header.getValue().asText());
              }
            });
    int status = http.send(put.build(), BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IllegalStateException("upload: HTTP " + status);
    }
    return upload.path("uploadId").asText();
  }

  /** Returns the analysis' id once the analysis has ended. */
  private String analyse(String uploadId) throws Exception {
    String id = post("/v1/analyses", "{\"uploadId\":\"" + uploadId + "\"}").path("id").asText();
    while (true) {
      String status = get("/v1/analyses/" + id).path("status").asText();
      if (status.equals("complete")) {
        return id;
      }
      if (status.equals("failed")) {
        throw new IllegalStateException("analysis failed");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private JsonNode get(String path) throws Exception {
    return send(HttpRequest.newBuilder(api.resolve(path)).build());
  }

  private JsonNode post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(api.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private JsonNode send(HttpRequest request) throws Exception {
    var response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(request.uri().getPath() + ": " + response.statusCode());
    }
    return json.readTree(response.body());
  }
}
