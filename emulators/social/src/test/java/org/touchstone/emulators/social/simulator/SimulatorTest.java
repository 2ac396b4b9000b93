package org.touchstone.emulators.social.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.social.network.Post;

class SimulatorTest {
  private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  private Simulator simulator;
  private HttpClient client;

  @BeforeEach
  void start() {
    simulator = new Simulator(0, "touchstone", InstantSource.system());
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void personPostsAPictureAndTagsTheBot() throws Exception {
    assertThat(write(Map.of("author", "alice", "text", "look"), PICTURE, "image/png").statusCode())
        .isEqualTo(303);
    Post post = simulator.network().posts(p -> true).getFirst();
    write(Map.of("author", "bob", "text", "@touchstone real?", "reply", post.id()), null, null);

    HttpResponse<byte[]> media =
        client.send(
            HttpRequest.newBuilder(URI.create(post.attachments().getFirst().url())).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(media.body()).isEqualTo(PICTURE);
    assertThat(media.headers().firstValue("content-type")).contains("image/png");
    assertThat(get("/posts/" + post.id()).body())
        .contains("<meta property=\"og:image\" content=\"" + media.uri() + "\">");
    HttpResponse<String> notifications =
        client.send(
            HttpRequest.newBuilder(
                    simulator
                        .uri()
                        .resolve("/api/v1/notifications?types[]=mention".replace("[]", "%5B%5D")))
                .header("Authorization", "Bearer " + simulator.token())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(notifications.body()).contains("real?", "\"in_reply_to_id\":\"" + post.id());
  }

  @Test
  void whatPeopleWriteIsEscaped() throws Exception {
    write(Map.of("author", "alice", "text", "<script>alert('a')</script>"), null, null);

    assertThat(get("/timeline").body())
        .contains("&lt;script&gt;alert(&#39;a&#39;)")
        .doesNotContain("<script");
    assertThat(get("/timeline").headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'");
  }

  @Test
  void pagesOfOtherSitesCannotWrite() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(simulator.uri().resolve("/write"))
            .header("Origin", "https://other.example")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void refusesWhatIsNotAPost() throws Exception {
    assertThat(write(Map.of("author", "a b", "text", "x"), null, null).body())
        .contains("A name has letters");
    assertThat(write(Map.of("author", "alice", "text", ""), null, null).body())
        .contains("The post is empty.");
    assertThat(write(Map.of("author", "alice", "text", "x"), PICTURE, "text/html").body())
        .contains("neither a picture");
    assertThat(
            write(Map.of("author", "alice", "text", "x", "link", "javascript:alert(1)"), null, null)
                .body())
        .contains("does not begin with http");
    assertThat(simulator.network().posts(p -> true)).isEmpty();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(simulator.uri().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> write(Map<String, String> fields, byte[] file, String type)
      throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    new LinkedHashMap<>(fields)
        .forEach(
            (name, value) ->
                body.writeBytes(
                    ("--b\r\nContent-Disposition: form-data; name=\""
                            + name
                            + "\"\r\n\r\n"
                            + value
                            + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
    if (file != null) {
      body.writeBytes(
          ("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\nContent-Type: "
                  + type
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(file);
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes("--b--\r\n".getBytes(StandardCharsets.UTF_8));
    return client.send(
        HttpRequest.newBuilder(simulator.uri().resolve("/write"))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
