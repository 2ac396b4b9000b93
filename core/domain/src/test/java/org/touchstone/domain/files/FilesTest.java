package org.touchstone.domain.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void hashesFilesAndTexts() throws IOException {
    assertThat(Sha256.of(Files.writeString(folder.resolve("a"), "abc"))).isEqualTo(OF_ABC);
    assertThat(Sha256.of("abc")).isEqualTo(OF_ABC);
  }

  @Test
  void deletesAFolderButNotWhatItsLinksLeadTo() throws IOException {
    Path kept = Files.writeString(Files.createDirectories(folder.resolve("kept")).resolve("a"), "");
    Path gone = Files.createDirectories(folder.resolve("gone/deep"));
    Files.writeString(gone.resolve("b"), "");
    Files.createSymbolicLink(gone.resolve("link"), kept.getParent());

    Folders.delete(folder.resolve("gone"));
    Folders.delete(folder.resolve("never was"));

    assertThat(folder.resolve("gone")).doesNotExist();
    assertThat(kept).exists();
  }

  @Test
  void oneAtATimeHasALock() throws IOException {
    Path file = folder.resolve("a/b.lock");
    try (FileMutex lock = FileMutex.tryLock(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(FileMutex.tryLock(file)).isEmpty();
      assertThatThrownBy(() -> FileMutex.lock(file, Duration.ofMillis(50)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("b.lock");
    }
    FileMutex.lock(file, Duration.ZERO).close();
  }

  @Test
  void aFailedTryDoesNotReleaseTheLockToOtherProcesses() throws Exception {
    Path file = folder.resolve("b.lock");
    try (FileMutex lock = FileMutex.tryLock(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(FileMutex.tryLock(file)).isEmpty();
      assertThat(LockingProcess.finds(file)).isFalse();
    }
    assertThat(LockingProcess.finds(file)).isTrue();
  }
}
