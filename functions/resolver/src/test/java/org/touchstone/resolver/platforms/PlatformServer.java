package org.touchstone.resolver.platforms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.Fetcher;
import org.touchstone.fetch.GuardedConnector;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platform.PostCache;
import org.touchstone.resolver.platform.RateLimits;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.ytdlp.YtDlp;
import org.touchstone.resolver.ytdlp.YtDlpPosts;

/**
 * One loopback server that plays all platforms. Its answers are chosen by host and by the beginning
 * of path and query; a request without a prepared answer is not found.
 */
public final class PlatformServer implements AutoCloseable {
  private static final int MAX_VIDEO_BYTES = 100_000_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Prepared> prepared = new CopyOnWriteArrayList<>();
  private final List<Seen> requests = new CopyOnWriteArrayList<>();
  private final PlatformClient client;
  private final GuardedConnector connector;

  private record Prepared(
      String host, String begins, int status, Map<String, String> headers, byte[] body) {}

  /** A received request. */
  public record Seen(
      String method, String host, String target, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : values.getFirst();
    }
  }

  public PlatformServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    connector = new GuardedConnector(policy(), address());
    client =
        new PlatformClient(
            fetcher(),
            "test",
            new RateLimits(1_000_000, Map.of(), InstantSource.system()),
            new PostCache(InstantSource.system(), 0));
  }

  /** The address it listens on. */
  public WebLink address() {
    return WebLink.parse("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public Fetcher fetcher() {
    return new Fetcher(policy(), address());
  }

  private static FetchPolicy policy() {
    return new FetchPolicy(
        Set.of(80, 443),
        false,
        5,
        64 << 20,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        0,
        Duration.ofSeconds(5));
  }

  /** JSON, or HTML when it begins with an angle bracket. */
  public PlatformServer serve(String host, String begins, String body) {
    return serve(
        host,
        begins,
        200,
        Map.of("Content-Type", body.startsWith("<") ? "text/html" : "application/json"),
        body);
  }

  public PlatformServer redirect(String host, String begins, String location) {
    return serve(host, begins, 302, Map.of("Location", location), "");
  }

  public PlatformServer serve(
      String host, String begins, int status, Map<String, String> headers, String body) {
    return serve(host, begins, status, headers, body.getBytes(UTF_8));
  }

  /** Later preparations take precedence over earlier ones. */
  public PlatformServer serve(
      String host, String begins, int status, Map<String, String> headers, byte[] body) {
    prepared.addFirst(new Prepared(host, begins, status, headers, body));
    return this;
  }

  public List<Seen> requests() {
    return requests;
  }

  public List<Seen> requestsTo(String host) {
    return requests.stream().filter(seen -> seen.host().equals(host)).toList();
  }

  public PlatformClient client() {
    return client;
  }

  /** Without yt-dlp. */
  public Extractors extractors(PlatformKeys keys) {
    return extractors(keys, new YtDlpPosts(ytDlp("/nowhere/yt-dlp", Path.of("/nowhere"))));
  }

  public Extractors extractors(PlatformKeys keys, YtDlpPosts ytDlp) {
    return Platforms.extractors(client, keys, MAX_VIDEO_BYTES, InstantSource.system(), ytDlp);
  }

  /** A yt-dlp for which this server is the whole web. */
  public YtDlp ytDlp(String program, Path workFolder) {
    YtDlp.Limits limits =
        new YtDlp.Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), MAX_VIDEO_BYTES);
    return YtDlp.of(program, connector, limits, workFolder);
  }

  public Post find(String url) throws IOException {
    return find(PlatformKeys.NONE, url);
  }

  public Post find(PlatformKeys keys, String url) throws IOException {
    return extractors(keys).find(WebLink.parse(url));
  }

  /** The links of a post's media. */
  public List<String> media(String url) throws IOException {
    return media(find(url));
  }

  public static List<String> media(Post post) {
    return post.media().stream().map(medium -> medium.link().toString()).toList();
  }

  public Problem problem(String url) throws IOException {
    return problem(PlatformKeys.NONE, url);
  }

  public Problem problem(PlatformKeys keys, String url) throws IOException {
    try {
      throw new AssertionError("a problem was expected, not " + find(keys, url));
    } catch (ProblemException e) {
      return e.problem();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String target = exchange.getRequestURI().toString();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(
        new Seen(exchange.getRequestMethod(), host, target, exchange.getRequestHeaders(), body));
    Prepared answer =
        new ArrayList<>(prepared)
            .stream()
                .filter(p -> p.host().equals("*") || p.host().equals(host))
                .filter(p -> target.startsWith(p.begins()))
                .findFirst()
                .orElse(new Prepared(host, target, 404, Map.of(), "not found".getBytes(UTF_8)));
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
    exchange.close();
  }

  @Override
  public void close() {
    client.close();
    connector.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
