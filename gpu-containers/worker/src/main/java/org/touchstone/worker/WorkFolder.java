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

  /** The folder of files sent in forms, which a container's settings name. */
  private static final String UPLOADS = "touchstone-uploads";

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
   * Deletes the folders and the uploads of processes that were killed.
   *
   * @param root the folder that holds them
   * @param before the cut-off time; what changed later is kept, as it may belong to another process
   */
  public static void deleteAbandoned(Path root, Instant before) throws IOException {
    deleteUnchanged(root, PREFIX + "*", before);
    Path uploads = root.resolve(UPLOADS);
    if (Files.isDirectory(uploads)) {
      deleteUnchanged(uploads, "*", before);
    }
  }

  private static void deleteUnchanged(Path parent, String names, Instant before)
      throws IOException {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(parent, names)) {
      for (Path path : paths) {
        if (Folders.lastChange(path).isBefore(before)) {
          new WorkFolder(path).close();
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
