package org.touchstone.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataRoomTest {
  @TempDir Path parent;

  @Test
  void isFullWhileNothingCanBeWrittenAndRecovers() throws Exception {
    Path folder = parent.resolve("data");
    try (DataRoom room = new DataRoom(folder)) {
      assertThat(room.isFull()).isTrue();

      Files.createDirectory(folder);
      room.measure();
      assertThat(room.isFull()).isFalse();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void askingTouchesNoDisk() throws Exception {
    Path folder = Files.createDirectory(parent.resolve("data"));
    try (DataRoom room = new DataRoom(folder)) {
      Files.delete(folder);
      assertThat(room.isFull()).isFalse();

      room.measure();
      assertThat(room.isFull()).isTrue();
    }
  }
}
