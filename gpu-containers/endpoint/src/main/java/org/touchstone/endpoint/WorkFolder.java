package org.touchstone.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** A folder of one job's own, open to its owner only and gone when closed. */
public final class WorkFolder implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WorkFolder.class);

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
    return new WorkFolder(Files.createTempDirectory(root, "touchstone-job-"));
  }

  /** Where a file of this name goes. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("a job's folder could not be deleted", e);
    }
  }
}
