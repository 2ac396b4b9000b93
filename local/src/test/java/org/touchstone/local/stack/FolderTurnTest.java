package org.touchstone.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTurnTest {
  /** Far longer than any test lasts. */
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();

  /** The address that is joined, or the word own. */
  private String take(Duration patience, Consumer<String> onWait) {
    return FolderTurn.take(
        folder,
        patience,
        text -> {
          told.add(text);
          onWait.accept(text);
        },
        () -> {
          DataFolder.open(folder).close();
          return "own";
        },
        URI::toString);
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static URI address(ServerSocket server) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  @Test
  void startsOnAFolderThatNobodyHas() {
    assertThat(take(Duration.ZERO, text -> {})).isEqualTo("own");
    assertThat(told).isEmpty();
  }

  @Test
  void usesTheApiOfTheProcessThatHasTheFolder() throws IOException {
    try (DataFolder other = DataFolder.open(folder);
        ServerSocket api = listen()) {
      other.rememberApi(address(api));

      assertThat(take(Duration.ZERO, text -> {})).isEqualTo(address(api).toString());
    }
    assertThat(told).isEmpty();
  }

  @Test
  void waitsForAProcessThatIsStillStarting() throws IOException {
    try (DataFolder other = DataFolder.open(folder);
        ServerSocket api = listen()) {
      assertThat(take(LONG, text -> other.rememberApi(address(api))))
          .isEqualTo(address(api).toString());
    }
    assertThat(told).singleElement().asString().contains("Waiting");
  }

  @Test
  void startsWhenTheProcessThatHadTheFolderHasEnded() {
    DataFolder other = DataFolder.open(folder);

    assertThat(take(LONG, text -> other.close())).isEqualTo("own");
  }

  @Test
  void saysWhatToDoWhenTheFolderStaysInUseWithoutAnApi() throws IOException {
    URI gone;
    try (ServerSocket closed = listen()) {
      gone = address(closed);
    }
    try (DataFolder other = DataFolder.open(folder)) {
      other.rememberApi(gone);

      assertThatThrownBy(() -> take(Duration.ZERO, text -> {}))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("serves no API")
          .hasMessageContaining("--data");
    }
  }
}
