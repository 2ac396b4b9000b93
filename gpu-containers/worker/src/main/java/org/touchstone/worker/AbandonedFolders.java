package org.touchstone.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Deletes what killed processes left of users' media in a work folder: at the start, and hourly.
 */
public final class AbandonedFolders implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(AbandonedFolders.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("abandoned-folders").factory());

  private AbandonedFolders() {}

  /**
   * Begins to delete.
   *
   * @param age younger folders may belong to a job that another process is at work on; longer than
   *     any job may take
   */
  public static AbandonedFolders deleteIn(Path workFolder, Duration age, InstantSource clock) {
    AbandonedFolders folders = new AbandonedFolders();
    folders.thread.scheduleWithFixedDelay(
        () -> delete(workFolder, age, clock), 0, 1, TimeUnit.HOURS);
    return folders;
  }

  private static void delete(Path workFolder, Duration age, InstantSource clock) {
    try {
      WorkFolder.deleteAbandoned(workFolder, clock.instant().minus(age));
    } catch (IOException | RuntimeException e) {
      LOG.warn("abandoned folders could not be deleted; trying again in an hour", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
