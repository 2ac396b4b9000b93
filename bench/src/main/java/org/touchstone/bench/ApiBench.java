package org.touchstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures requests per second and their 99th percentile over HTTP: asking for analyses and showing
 * one, with 1, 32 and 256 clients at once. The account has caps that are never reached, so every
 * request for an analysis is reserved. Baseline: the same stack without keys and caps, measured in
 * turns with the other, so that a busy machine slows both. The link leads to an address that may
 * not be visited, so that an analysis ends at once. The workflow of those that are asked for runs
 * beside the requests, in both stacks; each measurement starts when it has done those of the one
 * before. The processor time of the stack's process covers the requests and the workflow of all
 * that they asked for.
 */
final class ApiBench {
  private static final List<Integer> CLIENTS = List.of(1, 32, 256);
  private static final Duration EACH = Duration.ofSeconds(6);
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  /** A request that is not answered by then ends the benchmark. */
  private static final Duration LONGEST_REQUEST = Duration.ofMinutes(1);

  private static final Duration LONGEST_SETTLING = Duration.ofMinutes(5);
  private static final int POLL_MILLIS = 20;
  private static final String LINK = "{\"url\": \"http://127.0.0.1/photo.jpg\"}";
  private static final String CAPS =
      "{\"analysesPerDay\": 100000000, \"microsPerMonth\": 1000000000000}";
  private static final int PERCENTILE = 99;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String name;
  private final ProcessHandle process;
  private final URI api;
  private final Optional<String> key;

  private ApiBench(String name, ProcessHandle process, URI api, Optional<String> key) {
    this.name = name;
    this.process = process;
    this.api = api;
    this.key = key;
  }

  static void run(Path root) throws Exception {
    try (TempFolder open = TempFolder.create();
        TempFolder data = TempFolder.create()) {
      Optional<String> key = Optional.of(newKey(root, data.path()));
      try (ChildProcess without = up(root, open.path(), "--no-auth");
          ChildProcess with = up(root, data.path())) {
        measure(
            List.of(
                of("without (baseline)", without, Optional.empty()),
                of("keys and caps", with, key)));
      }
    }
  }

  private static String newKey(Path root, Path data) throws Exception {
    try (ChildProcess create =
        ChildProcess.touchstone(
            root,
            List.of(),
            "keys",
            "create",
            "--name",
            "bench",
            "--scopes",
            "admin",
            "--data",
            data.toString())) {
      String made = create.process().inputReader().readLine();
      if (create.process().waitFor() != 0 || made == null) {
        throw new IllegalStateException("keys create made no key");
      }
      return made;
    }
  }

  private static ChildProcess up(Path root, Path data, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("up", "--port", "0", "--data", data.toString()));
    arguments.addAll(List.of(more));
    return ChildProcess.touchstone(root, List.of(), arguments.toArray(String[]::new));
  }

  private static ApiBench of(String name, ChildProcess up, Optional<String> key) throws Exception {
    BufferedReader out = up.process().inputReader();
    JsonNode addresses = new ObjectMapper().readTree(out.readLine());
    URI api = URI.create(addresses.path("api").asText());
    return new ApiBench(name, up.process().toHandle(), api, key);
  }

  private static void measure(List<ApiBench> stacks) throws Exception {
    for (ApiBench stack : stacks) {
      stack.setCaps();
      stack.load(stack.create(), 202, CLIENTS.get(1), WARM_UP);
    }
    for (int clients : CLIENTS) {
      for (ApiBench stack : stacks) {
        stack.settled();
        stack.print("create", clients, stack.load(stack.create(), 202, clients, EACH));
      }
    }
    for (ApiBench stack : stacks) {
      stack.load(stack.settled(), 200, CLIENTS.get(1), WARM_UP);
    }
    for (int clients : CLIENTS) {
      for (ApiBench stack : stacks) {
        stack.print("get", clients, stack.load(stack.settled(), 200, clients, EACH));
      }
    }
  }

  private void print(String what, int clients, String measured) {
    System.out.printf("%-6s %3d clients  %-18s  %s%n", what, clients, name, measured);
  }

  private void setCaps() throws Exception {
    if (key.isPresent()) {
      HttpRequest caps =
          request("/v1/accounts/local/caps")
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofString(CAPS))
              .build();
      send(caps, 200);
    }
  }

  private HttpRequest create() {
    return request("/v1/analyses")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(LINK))
        .build();
  }

  /**
   * Waits until the workflow has done what was asked for: an analysis that is asked for now has
   * ended. Returns the request that shows it.
   */
  private HttpRequest settled() throws Exception {
    String id = json.readTree(send(create(), 202).body()).path("id").asText();
    HttpRequest get = request("/v1/analyses/" + id).build();
    long end = System.nanoTime() + LONGEST_SETTLING.toNanos();
    while (!json.readTree(send(get, 200).body()).path("status").asText().equals("failed")) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("the workflow is still at work");
      }
      Thread.sleep(POLL_MILLIS);
    }
    return get;
  }

  /** Every client sends one request after the other. */
  private String load(HttpRequest request, int status, int clients, Duration lasts)
      throws Exception {
    Duration before = processorTime();
    long start = System.nanoTime();
    long end = start + lasts.toNanos();
    List<Long> all = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(
            threads.submit(
                () -> {
                  List<Long> own = new ArrayList<>();
                  while (System.nanoTime() < end) {
                    long sent = System.nanoTime();
                    send(request, status);
                    own.add(System.nanoTime() - sent);
                  }
                  all.addAll(own);
                  return null;
                }));
      }
      for (Future<?> client : running) {
        client.get();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    settled();
    double processor = processorTime().minus(before).toNanos() / 1e6 / all.size();
    Measurements measured = Measurements.ofNanos(all.stream().mapToLong(Long::longValue).toArray());
    return String.format(
        Locale.ROOT,
        "%.0f a second, median %.1f ms, 99th percentile %.1f ms, processor time %.1f ms each"
            + " (n = %d)",
        all.size() / seconds,
        measured.percentile(50),
        measured.percentile(PERCENTILE),
        processor,
        all.size());
  }

  private Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.resolve(path)).timeout(LONGEST_REQUEST);
    key.ifPresent(text -> request.header("x-api-key", text));
    return request;
  }

  private HttpResponse<byte[]> send(HttpRequest request, int status) throws Exception {
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != status) {
      throw new IllegalStateException(request.uri().getPath() + ": " + response.statusCode());
    }
    return response;
  }
}
