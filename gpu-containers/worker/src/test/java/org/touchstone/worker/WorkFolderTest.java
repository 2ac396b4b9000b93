package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  private static final Instant CUT_OFF = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path root;

  private static Path changed(Path path, Instant time) throws IOException {
    return Files.setLastModifiedTime(path, FileTime.from(time));
  }

  @Test
  void deletesOldJobsAndOldUploadsOnly() throws IOException {
    Path uploads = Files.createDirectory(root.resolve("touchstone-uploads"));
    Path oldUpload = changed(Files.createFile(uploads.resolve("old")), CUT_OFF.minusSeconds(1));
    Path newUpload = changed(Files.createFile(uploads.resolve("new")), CUT_OFF.plusSeconds(1));
    Path oldJob = changed(WorkFolder.in(root).file("."), CUT_OFF.minusSeconds(1));
    Path newJob = changed(WorkFolder.in(root).file("."), CUT_OFF.plusSeconds(1));
    Path other = changed(Files.createFile(root.resolve("other")), CUT_OFF.minusSeconds(1));
    changed(uploads, CUT_OFF.minusSeconds(1));

    WorkFolder.deleteAbandoned(root, CUT_OFF);

    assertThat(oldUpload).doesNotExist();
    assertThat(oldJob).doesNotExist();
    assertThat(newUpload).exists();
    assertThat(newJob).exists();
    assertThat(other).exists();
    assertThat(uploads).isDirectory();
  }

  @Test
  void folderWithoutUploadsIsNoFault() throws IOException {
    WorkFolder.deleteAbandoned(root, CUT_OFF);

    assertThat(root).isEmptyDirectory();
  }
}
