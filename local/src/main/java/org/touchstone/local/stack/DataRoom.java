package org.touchstone.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Whether the data folder can be written. It is measured by a thread of its own: a disk may answer
 * slowly, and whoever asks may not wait. Thread-safe.
 */
public final class DataRoom implements AutoCloseable {
  static final String FULL = "the data folder's disk is full, or cannot be written";

  private static final Logger LOG = Logger.getLogger(DataRoom.class);

  /** Reports, verdicts and histories of all that has been accepted fit into this many bytes. */
  private static final long RESERVE = 32L << 20;

  private static final int TRIAL_BYTES = 64 * 1024;
  private static final String TRIAL = "room.tmp";

  private final Path folder;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("data-room").factory());
  private volatile boolean full;
  private volatile boolean asked;

  /** Measures once. */
  DataRoom(Path folder) {
    this.folder = folder;
    measure();
  }

  /** Begins to measure each second. A trial is written only while somebody wants to know. */
  void watch() {
    thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  private void look() {
    if (asked || full) {
      asked = false;
      measure();
    } else {
      full = !hasSpace();
    }
  }

  /** Whether nothing more should be accepted, by the last measurement. */
  public boolean isFull() {
    asked = true;
    return full;
  }

  /** Measures now, for those who can wait. */
  synchronized void measure() {
    full = !hasRoom();
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  private boolean hasSpace() {
    try {
      return Files.getFileStore(folder).getUsableSpace() > RESERVE;
    } catch (IOException | RuntimeException e) {
      LOG.debug("the space of the data folder cannot be read", e);
      return false;
    }
  }

  private boolean hasRoom() {
    try {
      return hasSpace() && isWritable();
    } catch (IOException | RuntimeException e) {
      LOG.debug("the data folder cannot be written", e);
      return false;
    }
  }

  /** Quotas do not show in the usable space. */
  private boolean isWritable() throws IOException {
    Path trial = folder.resolve(TRIAL);
    try {
      Files.write(trial, new byte[TRIAL_BYTES]);
      return true;
    } finally {
      Files.deleteIfExists(trial);
    }
  }
}
