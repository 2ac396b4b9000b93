package org.touchstone.endpoint.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.touchstone.worker.support.LoopbackStepFunctions;
import org.touchstone.worker.support.Pngs;
import org.touchstone.worker.support.Queue;
import org.touchstone.worker.support.Servers;
import org.touchstone.worker.support.Workplace;

/** The surroundings of the container under test. */
public final class ContainerResource implements QuarkusTestResourceLifecycleManager {
  /** Largest file and request, bytes. */
  static final int MAX_BYTES = 1 << 20;

  private final Map<String, String> sdkSettings = new HashMap<>();
  private Servers servers;
  private Around around;

  /**
   * The parts that tests can use.
   *
   * @param files the folder whose files requests may name
   * @param media the address under which files may be fetched
   */
  record Around(
      Workplace work,
      Queue queue,
      LoopbackStepFunctions stepFunctions,
      Path files,
      String media,
      HttpServer web) {}

  @Override
  public Map<String, String> start() {
    servers = new Servers();
    try {
      Path folder = Files.createTempDirectory("container-test");
      Path files = Files.createDirectories(folder.resolve("files"));
      Files.write(files.resolve("photo.png"), Pngs.plain());
      Files.writeString(folder.resolve("secret.png"), "secret");
      Files.createSymbolicLink(files.resolve("link.png"), folder.resolve("secret.png"));
      HttpServer web = web();
      around =
          new Around(
              new Workplace(servers, servers.s3().endpoint(), folder),
              new Queue(servers, Duration.ofSeconds(30)),
              new LoopbackStepFunctions(),
              files,
              "http://127.0.0.1:" + web.getAddress().getPort() + "/media/",
              web);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    set("aws.region", "us-east-1");
    set("aws.accessKeyId", servers.s3().credentials().accessKeyId());
    set("aws.secretAccessKey", servers.s3().credentials().secretAccessKey());
    set("aws.endpointUrlS3", servers.s3().endpoint().toString());
    set("aws.endpointUrlSqs", servers.sqs().endpoint().toString());
    set("aws.endpointUrlSfn", around.stepFunctions().endpoint().toString());
    return Map.ofEntries(
        Map.entry("quarkus.http.test-port", "0"),
        Map.entry("touchstone.endpoint.name", "image"),
        Map.entry("touchstone.endpoint.queue-url", around.queue().url()),
        Map.entry("touchstone.endpoint.bucket", around.work().objects().bucket()),
        Map.entry("touchstone.endpoint.path-style", "true"),
        Map.entry("touchstone.endpoint.max-bytes", Integer.toString(MAX_BYTES)),
        Map.entry("touchstone.endpoint.models.folder", around.files().resolve("none").toString()),
        Map.entry("touchstone.endpoint.http.files-folder", around.files().toString()),
        Map.entry("touchstone.endpoint.http.allowed-urls", around.media()),
        Map.entry("touchstone.endpoint.http.fetch-timeout", "20S"),
        Map.entry("touchstone.endpoint.http.patience", "0.1S"),
        Map.entry("touchstone.endpoint.queue.long-poll", "1S"),
        Map.entry("touchstone.endpoint.queue.grace", "0S"));
  }

  private void set(String key, String value) {
    sdkSettings.put(key, System.getProperty(key));
    System.setProperty(key, value);
  }

  private static HttpServer web() throws IOException {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext("/media/photo.png", exchange -> answer(exchange, 200, Pngs.plain()));
    web.createContext("/media/large", exchange -> answer(exchange, 200, new byte[MAX_BYTES + 1]));
    web.createContext("/media/gone", exchange -> answer(exchange, 404, new byte[1]));
    web.createContext(
        "/media/elsewhere",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/secret.png");
          answer(exchange, 302, new byte[1]);
        });
    web.createContext("/secret.png", exchange -> answer(exchange, 200, Pngs.plain()));
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.start();
    return web;
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, 0);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(around, field -> field.getType() == Around.class);
  }

  @Override
  public void stop() {
    sdkSettings.forEach(
        (key, value) -> {
          if (value == null) {
            System.clearProperty(key);
          } else {
            System.setProperty(key, value);
          }
        });
    around.web().stop(0);
    around.queue().close();
    around.work().close();
    around.stepFunctions().close();
    servers.close();
  }
}
