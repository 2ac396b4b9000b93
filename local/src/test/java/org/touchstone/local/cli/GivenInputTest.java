package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenInputTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://x.com/jack/status/20",
        "x.com/jack/status/20",
        "//x.com/jack/status/20",
        "Look: (x.com/jack/status/20).",
        "https:/x.com/jack/status/20",
        "https//x.com/jack/status/20",
        "hxxps://x.com/jack/status/20",
        "<https://x.com/jack/status/20>",
        "https%3A%2F%2Fx.com%2Fjack%2Fstatus%2F20",
        "x.com/jack/status/20 x.com/jack/status/21",
        "ftp://example.org/a.jpg",
        "tg://resolve?domain=durov",
        "mailto:jack@example.org",
        "https:/",
      })
  void isALinkOrSaysOne(String input) {
    assertThat(GivenInput.file(input)).isEmpty();
  }

  @Test
  void isAFileThatExistsWhateverItIsCalled() throws IOException {
    Path file = Files.createFile(Files.createDirectory(folder.resolve("x.com")).resolve("a.jpg"));

    assertThat(GivenInput.file(file.toString())).contains(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"photo.jpg", "no such file", "a/b.jpg"})
  void isNeither(String input) {
    assertThatThrownBy(() -> GivenInput.file(input))
        .hasMessageContaining("does not exist")
        .hasMessageContaining("a link looks like https://");
  }

  @Test
  void isAMissingFileInAFolderThatExists() {
    assertThatThrownBy(() -> GivenInput.file(folder.resolve("x.com/a.jpg").toString()))
        .hasMessageContaining("does not exist")
        .hasMessageNotContaining("a link");
  }
}
