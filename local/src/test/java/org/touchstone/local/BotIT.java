package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;

/** The mention bot: on the simulated network, and in a trial with mentions from a file. */
class BotIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long PAUSE_MILLIS = 200;
  private static final Pattern POST = Pattern.compile("href=\"/posts/([^\"]+)\"");
  private static final Pattern SHARED = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/a/[\\w-]+");

  @TempDir Path work;

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void personTagsTheBotAndSeesTheReplyArrive() throws Exception {
    try (TouchstoneProcess up =
        TouchstoneProcess.start(work, "up", "--port", "0", "--bot-simulator=0", "--data", data())) {
      URI network = URI.create(Api.of(up).address("simulatedNetwork"));
      write(network, Map.of("author", "alice", "text", "look"), picture());
      write(
          network,
          Map.of("author", "bob", "text", "@touchstone is this real?", "reply", first(network)),
          null);

      String page = timelineWith(network, SHARED);
      assertThat(page).contains("@bob ");
      Matcher link = SHARED.matcher(page);
      assertThat(link.find()).isTrue();
      // The link in the reply opens the shared result for everybody.
      HttpResponse<String> shared = get(URI.create(link.group()));
      assertThat(shared.statusCode()).as(shared.body()).isEqualTo(200);
      assertThat(link.find()).as("one reply").isFalse();
    }
    JsonNode accounts = Json.mapper().readTree(list().out());
    assertThat(accounts).anyMatch(account -> account.path("id").asText().equals("bot"));
    // What happened on the simulated network is no mention of a real account.
    assertThat(run("bot", "health", "--data", data()).out())
        .contains("has not polled any platform");
  }

  @Test
  void trialPrintsWhatItWouldPostAndKeepsNothing() throws Exception {
    Path file = work.resolve("mentions.json");
    Files.writeString(
        file,
        """
        [{"author": "ann", "text": "is this real?", "language": "de"},
         {"author": "ben", "text": "stop"},
         {"author": "cem", "text": "and this?", "url": "http://127.0.0.1:9/none.png"}]
        """);
    TouchstoneProcess.Run trial =
        run(
            "bot",
            "--dry-run",
            "--mentions",
            file.toString(),
            "--platform",
            "mastodon",
            "--data",
            data());

    assertThat(trial.exitCode()).as(trial.err()).isZero();
    assertThat(trial.out()).contains("@ann", "@ben", "@cem");
    assertThat(trial.out().lines().filter(line -> line.startsWith("  "))).hasSizeGreaterThan(2);
    assertThat(run("bot", "held", "--data", data()).out()).contains("Nothing waits.");
    assertThat(run("bot", "health", "--data", data()).out())
        .contains("has not polled any platform");
  }

  @Test
  void bundledTextsFitEverywhereAndAMissingOneIsNamed() throws Exception {
    TouchstoneProcess.Run bundled = run("bot", "templates", "--check");
    assertThat(bundled.exitCode()).as(bundled.out()).isZero();
    assertThat(bundled.out()).contains("bluesky, mastodon, x");

    Path texts = Files.createDirectory(work.resolve("texts"));
    Files.writeString(texts.resolve("nl.json"), "{\"texts\": {}, \"stop\": []}");
    TouchstoneProcess.Run own = run("bot", "templates", "--check", "--folder", texts.toString());
    assertThat(own.exitCode()).isEqualTo(1);
    assertThat(own.out()).contains("nl: the text level.high is missing.", "stop words");
  }

  private TouchstoneProcess.Run list() throws Exception {
    return run("keys", "list", "--json", "--data", data());
  }

  private String data() {
    return work.resolve("data").toString();
  }

  private TouchstoneProcess.Run run(String... arguments) throws Exception {
    return TouchstoneProcess.run(work, arguments);
  }

  private String first(URI network) throws Exception {
    Matcher post = POST.matcher(get(network.resolve("/timeline")).body());
    assertThat(post.find()).isTrue();
    return post.group(1);
  }

  private String timelineWith(URI network, Pattern wanted) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    String page;
    do {
      Thread.sleep(PAUSE_MILLIS);
      page = get(network.resolve("/timeline")).body();
    } while (!wanted.matcher(page).find() && Instant.now().isBefore(end));
    assertThat(page).containsPattern(wanted);
    return page;
  }

  private HttpResponse<String> get(URI address) throws Exception {
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      image.setRGB(i % image.getWidth(), i / image.getWidth(), i * 2_654_435 & 0xffffff);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /** Posts as the page's form does. */
  private void write(URI network, Map<String, String> fields, byte[] file) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    new LinkedHashMap<>(fields)
        .forEach(
            (name, value) ->
                add(body, "Content-Disposition: form-data; name=\"" + name + "\"", value));
    if (file != null) {
      body.writeBytes(
          bytes(
              "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.png\"\r\n"
                  + "Content-Type: image/png\r\n\r\n"));
      body.writeBytes(file);
      body.writeBytes(bytes("\r\n"));
    }
    body.writeBytes(bytes("--b--\r\n"));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(network.resolve("/write"))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
  }

  private static void add(ByteArrayOutputStream body, String header, String value) {
    body.writeBytes(bytes("--b\r\n" + header + "\r\n\r\n" + value + "\r\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
