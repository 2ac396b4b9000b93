package org.touchstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Measures the pages of {@code touchstone up} in an installed Chromium: the bytes and requests of a
 * first and of a repeated view, the time to the first paint, and the time from a chosen file to its
 * result. Baseline: the same browser's first paint of a page of one sentence.
 */
final class PageBench {
  private static final int VIEWS = 15;
  private static final int RESULTS = 10;
  private static final String EMPTY = "data:text/html,<!doctype html><p>One sentence.";

  private final Browser browser;
  private final String site;

  private PageBench(Browser browser, String site) {
    this.browser = browser;
    this.site = site;
  }

  static void run(Path root) throws Exception {
    Optional<Path> program = chromium();
    if (program.isEmpty()) {
      System.out.println("skipped: no Chromium is on the PATH");
      return;
    }
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
                data.path().toString());
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(program.get())
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")))) {
      JsonNode addresses = new ObjectMapper().readTree(up.process().inputReader().readLine());
      new PageBench(browser, addresses.path("api").asText().replaceAll("/$", "")).run();
    }
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private void run() throws IOException {
    firstResults(2);
    String result = firstResults(RESULTS);
    System.out.println("first paint of one sentence (baseline): " + paints(EMPTY));
    for (String path : List.of("/", result, "/history", "/docs")) {
      String name = path.startsWith("/analyses/") ? "/analyses/{id}" : path;
      System.out.printf("%s: first paint %s%n", name, paints(site + path));
      weigh(name, path);
    }
  }

  /** The time from choosing a file to its verdict on the page; returns the last one's path. */
  private String firstResults(int count) throws IOException {
    long[] nanos = new long[count];
    String path = null;
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      for (int i = 0; i < count; i++) {
        page.navigate(site + "/");
        byte[] picture = Pictures.jpeg(count * 1_000 + i);
        long start = System.nanoTime();
        page.locator("input[type=file]")
            .setInputFiles(new FilePayload("picture.jpg", "image/jpeg", picture));
        page.waitForURL("**/analyses/*");
        page.locator("main[data-running=true], .verdict h1").first().waitFor();
        page.waitForFunction(
            "() => document.querySelector('.verdict') && !document.querySelector('.verdict .label')");
        nanos[i] = System.nanoTime() - start;
        path = page.url().substring(site.length());
      }
    }
    System.out.println("file to result on the page: " + Measurements.ofNanos(nanos));
    return path;
  }

  /** First contentful paints, each in a browser without a cache. */
  private Measurements paints(String address) {
    long[] nanos = new long[VIEWS];
    for (int i = 0; i < VIEWS; i++) {
      try (BrowserContext context = browser.newContext()) {
        Page page = context.newPage();
        page.navigate(address);
        Object millis =
            page.evaluate(
                """
                () => new Promise(found => new PerformanceObserver(list => {
                  for (const entry of list.getEntriesByName('first-contentful-paint'))
                    found(entry.startTime);
                }).observe({ type: 'paint', buffered: true }))
                """);
        nanos[i] = Math.round(((Number) millis).doubleValue() * 1e6);
      }
    }
    return Measurements.ofNanos(nanos);
  }

  private void weigh(String name, String path) throws IOException {
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      List<Response> responses = new ArrayList<>();
      page.onResponse(responses::add);
      page.navigate(site + path);
      page.waitForLoadState();
      List<Response> own = new ArrayList<>(responses);
      own.removeIf(PageBench::isMedium);
      int media = responses.size() - own.size();
      long bytes = 0;
      long packed = 0;
      for (Response response : own) {
        byte[] body = response.body();
        bytes += body.length;
        packed += gzip(body);
      }
      responses.clear();
      page.navigate(site + path);
      page.waitForLoadState();
      System.out.printf(
          Locale.ROOT,
          "%s: %.1f kB without media (%.1f kB as gzip), %d requests and %d for media; again: %d"
              + " requests%n",
          name,
          bytes / 1e3,
          packed / 1e3,
          own.size(),
          media,
          responses.size());
    }
  }

  private static boolean isMedium(Response response) {
    String type = response.request().resourceType();
    return type.equals("media") || type.equals("image") && !response.url().endsWith(".svg");
  }

  private static int gzip(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
      packed.write(body);
    }
    return out.size();
  }
}
