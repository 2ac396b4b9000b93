package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** {@code touchstone up}: what it serves, and what a crash of it leaves. */
class UpIT {
  @TempDir static Path work;

  private static TestMedia media;

  @BeforeAll
  static void makeMedia() {
    media = new TestMedia(work);
  }

  @Test
  void anyAwsClientCanBePointedAtIt() throws Exception {
    try (TouchstoneProcess up = up("clients")) {
      Api api = Api.of(up);
      String id = api.analyse(Map.of("uploadId", api.upload(media.photo("a.jpg", 11))));
      assertThat(api.ended(id).path("status").asText()).isEqualTo("complete");

      try (SfnClient stepFunctions = stepFunctions(api);
          S3Client s3 = api.s3()) {
        assertThat(
                stepFunctions
                    .listExecutions(e -> e.stateMachineArn(api.address("stateMachineArn")))
                    .executions())
            .anySatisfy(
                execution -> {
                  assertThat(execution.name()).isEqualTo(id);
                  assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
                });
        assertThat(keys(s3, api, "analyses/" + id + "/"))
            .anyMatch(key -> key.endsWith("/outcome.json"));
        assertThat(keys(s3, api, "usage/")).hasSize(1);
      }
    }
  }

  @Test
  void requestSentTwiceIsOneAnalysis() throws Exception {
    try (TouchstoneProcess up = up("twice")) {
      Api api = Api.of(up);
      Map<String, String> body = Map.of("uploadId", api.upload(media.photo("b.jpg", 12)));
      String first = api.analyse(body, "same");
      String second = api.analyse(body, "same");
      api.ended(first);
      String third = api.analyse(body, "same");

      assertThat(second).isEqualTo(first);
      assertThat(third).isEqualTo(first);
      try (S3Client s3 = api.s3()) {
        assertThat(keys(s3, api, "usage/")).hasSize(1);
      }
    }
  }

  @Test
  void analysisGoesOnAfterACrashWhileDetecting() throws Exception {
    String id;
    try (TouchstoneProcess up = up("detecting", "--workers", "0")) {
      Api api = Api.of(up);
      id = api.analyse(Map.of("uploadId", api.upload(media.generated("c.png"))));
      api.await(id, analysis -> analysis.path("status").asText().equals("detecting"));
      up.kill();
    }
    try (TouchstoneProcess up = up("detecting")) {
      Api api = Api.of(up);
      JsonNode ended = api.ended(id);

      assertThat(ended.path("status").asText()).isEqualTo("complete");
      assertThat(ended.path("verdict").path("level").asText()).isEqualTo("uncertain");
      try (S3Client s3 = api.s3()) {
        assertThat(keys(s3, api, "usage/")).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void analysisGoesOnAfterACrashOrAStopWhileResolving(boolean crash) throws Exception {
    byte[] photo = Files.readAllBytes(media.photo("d.jpg", 13));
    AtomicInteger requests = new AtomicInteger();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Thread.ofVirtual()::start);
    server.createContext(
        "/",
        exchange -> {
          if (requests.incrementAndGet() == 1) {
            asked.countDown();
            await(released);
          }
          send(exchange, photo);
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/d.jpg";
      String id;
      String data = crash ? "crashed" : "stopped-resolving";
      try (TouchstoneProcess up = up(data, "--allow-private")) {
        Api api = Api.of(up);
        id = api.analyse(Map.of("url", url));
        asked.await();
        if (crash) {
          up.kill();
        } else {
          up.stop();
          assertThat(up.errors()).doesNotContain("Exception");
        }
      }
      try (TouchstoneProcess up = up(data, "--allow-private")) {
        JsonNode ended = Api.of(up).ended(id);

        assertThat(ended.path("status").asText()).isEqualTo("complete");
        assertThat(requests).hasValue(2);
      }
    } finally {
      released.countDown();
      server.stop(0);
    }
  }

  @Test
  void executionThatIsStoppedFailsItsAnalysis() throws Exception {
    try (TouchstoneProcess up = up("stopped", "--workers", "0")) {
      Api api = Api.of(up);
      String id = api.analyse(Map.of("uploadId", api.upload(media.photo("e.jpg", 14))));
      api.await(id, analysis -> analysis.path("status").asText().equals("detecting"));
      try (SfnClient stepFunctions = stepFunctions(api)) {
        String execution =
            stepFunctions
                .listExecutions(e -> e.stateMachineArn(api.address("stateMachineArn")))
                .executions()
                .getFirst()
                .executionArn();
        stepFunctions.stopExecution(e -> e.executionArn(execution));
      }

      JsonNode ended = api.ended(id);
      assertThat(ended.path("status").asText()).isEqualTo("failed");
      assertThat(ended.path("error").path("detail").asText())
          .isEqualTo("The analysis was stopped.");
    }
  }

  @Test
  void dataFolderServesOneProcessAtATime() throws Exception {
    try (TouchstoneProcess up = up("shared")) {
      Api.of(up);
      TouchstoneProcess.Run second =
          TouchstoneProcess.run(
              work, "up", "--port", "0", "--data", work.resolve("shared").toString());

      assertThat(second.exitCode()).isEqualTo(4);
      assertThat(second.err()).contains("Another Touchstone serves the API at ");
    }
  }

  @Test
  void portInUseIsExplained() throws Exception {
    try (TouchstoneProcess up = up("port")) {
      String port = String.valueOf(URI.create(Api.of(up).address("api")).getPort());
      TouchstoneProcess.Run second =
          TouchstoneProcess.run(
              work, "up", "--port", port, "--data", work.resolve("port-2").toString());

      assertThat(second.exitCode()).isEqualTo(4);
      assertThat(second.err()).contains("--port");
    }
  }

  private static TouchstoneProcess up(String data, String... options) throws IOException {
    String[] arguments = new String[options.length + 6];
    arguments[0] = "up";
    arguments[1] = "--no-auth";
    arguments[2] = "--port";
    arguments[3] = "0";
    arguments[4] = "--data";
    arguments[5] = work.resolve(data).toString();
    System.arraycopy(options, 0, arguments, 6, options.length);
    return TouchstoneProcess.start(work, arguments);
  }

  private static List<String> keys(S3Client s3, Api api, String prefix) {
    return s3.listObjectsV2(r -> r.bucket(api.address("bucket")).prefix(prefix)).contents().stream()
        .map(object -> object.key())
        .toList();
  }

  private static SfnClient stepFunctions(Api api) {
    return SfnClient.builder()
        .endpointOverride(URI.create(api.address("stepFunctions")))
        .region(Region.of(api.address("region")))
        .credentialsProvider(api.credentials())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
