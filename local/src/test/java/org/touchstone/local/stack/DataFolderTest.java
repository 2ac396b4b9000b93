package org.touchstone.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder;

  @Test
  void dropsWhatAKilledProcessLeftAndNothingElse() throws IOException {
    Path left = folder.resolve("incoming/probe-1/medium");
    Path precious = Files.writeString(folder.resolve("precious"), "kept");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "half a medium");
    Files.createSymbolicLink(left.resolveSibling("link"), folder);

    try (DataFolder data = DataFolder.open(folder)) {
      assertThat(data.emptyFolder("incoming"))
          .isEqualTo(folder.resolve("incoming"))
          .isEmptyDirectory();
    }

    assertThat(precious).hasContent("kept");
  }

  @Test
  void forgetsWhereTheStoreOfAProcessWasThatIsGone() {
    try (DataFolder data = DataFolder.open(folder)) {
      data.secret();
      data.rememberS3(URI.create("http://127.0.0.1:1"));
      assertThat(DataFolder.running(folder)).isPresent();
    }

    try (DataFolder next = DataFolder.open(folder)) {
      assertThat(DataFolder.running(folder)).isEmpty();
    }
  }
}
