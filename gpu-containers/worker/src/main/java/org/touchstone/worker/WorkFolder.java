package org.touchstone.worker;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.touchstone.domain.files.Folders;

/** A folder of one job's own, open to its owner only and gone when closed. */
public final class WorkFolder implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WorkFolder.class);

  private static final String PREFIX = "touchstone-job-";

  private final Path folder;

  private WorkFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A new folder; the JDK gives it to its owner only.
   *
   * @param root where it lies
   */
  public static WorkFolder in(Path root) throws IOException {
    return new WorkFolder(Files.createTempDirectory(root, PREFIX));
  }

  /**
   * Deletes folders of processes that were killed.
   *
   * @param root where they lie
   * @param before when work in them must have gone on last; younger ones may be another process's
   */
  public static void deleteAbandoned(Path root, Instant before) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, PREFIX + "*")) {
      for (Path folder : folders) {
        if (Folders.lastChange(folder).isBefore(before)) {
          new WorkFolder(folder).close();
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Where a file of this name goes. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      LOG.warn("a job's folder could not be deleted", e);
    }
  }
}
