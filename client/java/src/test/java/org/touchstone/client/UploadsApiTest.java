package org.touchstone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.client.LoopbackApi.Reply;
import org.touchstone.client.LoopbackApi.Request;

class UploadsApiTest {
  private static final Reply STORED = new Reply(200, Map.of(), new byte[0]);

  @TempDir private Path work;

  private LoopbackApi server;
  private LoopbackApi store;
  private TouchstoneClient client;

  @BeforeEach
  void start() throws IOException {
    server = new LoopbackApi();
    store = new LoopbackApi();
    client = server.client();
    server.answer(
        Reply.json(
            201,
            """
            {"uploadId": "u", "url": "%s/bucket/u?X-Amz-Signature=1",
             "headers": {"content-type": "image/png", "Content-Length": "100000", "Host": "x"}}
            """
                .formatted(store.address())));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    store.close();
  }

  private Path file() throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    return Files.write(work.resolve("a.png"), bytes);
  }

  @Test
  void sendsTheFileWhereTheApiSaysWithoutTheKey() throws IOException {
    store.answer(STORED);
    List<Long> progress = new ArrayList<>();

    String id = client.uploads().upload(file(), (sent, total) -> progress.add(sent)).join();

    assertThat(id).isEqualTo("u");
    assertThat(server.requests().getFirst().text()).isEqualTo("{\"bytes\":100000}");
    Request put = store.requests().getFirst();
    assertThat(put.method()).isEqualTo("PUT");
    assertThat(put.uri().toString()).isEqualTo("/bucket/u?X-Amz-Signature=1");
    assertThat(put.body()).isEqualTo(Files.readAllBytes(work.resolve("a.png")));
    assertThat(put.header("Content-Type")).isEqualTo("image/png");
    assertThat(put.header("Content-Length")).isEqualTo("100000");
    assertThat(put.header("x-api-key")).isNull();
    assertThat(progress).isSorted().endsWith(100_000L);
  }

  @Test
  void sendsTheWholeFileAgainAfterAFault() throws IOException {
    store.answer(Reply.json(503, "{}"), STORED);
    client.uploads().upload(file()).join();
    assertThat(store.requests()).hasSize(2);
    assertThat(store.requests().getLast().body()).hasSize(100_000);
  }

  @Test
  void aRefusalOfTheStoreIsAnError() throws IOException {
    store.answer(Reply.json(403, "<Error/>"));
    Path file = file();
    assertThatThrownBy(() -> client.uploads().upload(file).join())
        .cause()
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(403));
  }

  @Test
  void aFileThatIsNotThereIsAnErrorAtOnce() {
    assertThatThrownBy(() -> client.uploads().upload(work.resolve("none.png")))
        .isInstanceOf(IOException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void anAnswerWithoutAnAddressIsAnError() {
    try (LoopbackApi broken =
            new LoopbackApi()
                .answer(Reply.json(201, "{\"uploadId\":\"u\",\"url\":\"file:///etc\"}"));
        TouchstoneClient other = broken.client()) {
      assertThatThrownBy(() -> other.uploads().upload(new byte[3]).join())
          .hasCauseInstanceOf(ConnectionException.class);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
