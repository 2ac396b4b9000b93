package org.touchstone.worker;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.touchstone.domain.files.Folders;

/** The private folder of one job, accessible to its owner only and deleted on close. */
public final class WorkFolder implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WorkFolder.class);

  private static final String PREFIX = "touchstone-job-";

  private final Path folder;

  private WorkFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Creates a folder; the JDK makes it accessible to its owner only.
   *
   * @param root the folder to create it in
   */
  public static WorkFolder in(Path root) throws IOException {
    return new WorkFolder(Files.createTempDirectory(root, PREFIX));
  }

  /**
   * Deletes the folders of processes that were killed.
   *
   * @param root the folder that holds them
   * @param before the cut-off time; folders changed later are kept, as they may belong to another
   *     process
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

  /** The path for a file of this name. */
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
