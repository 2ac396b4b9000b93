package org.touchstone.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Whether the data folder can be written. Thread-safe. */
public final class DataRoom {
  static final String FULL = "the data folder's disk is full, or cannot be written";

  private static final Logger LOG = Logger.getLogger(DataRoom.class);

  /** Reports, verdicts and histories of all that has been accepted fit into this many bytes. */
  private static final long RESERVE = 32L << 20;

  private static final int TRIAL_BYTES = 64 * 1024;
  private static final long CACHED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path folder;
  private boolean full;
  private long measured;
  private boolean isMeasured;

  DataRoom(Path folder) {
    this.folder = folder;
  }

  /** Whether nothing more should be accepted; at most a second old. */
  public synchronized boolean isFull() {
    long now = System.nanoTime();
    if (!isMeasured || now - measured > CACHED_NANOS) {
      full = !hasRoom();
      measured = now;
      isMeasured = true;
    }
    return full;
  }

  private boolean hasRoom() {
    try {
      return Files.getFileStore(folder).getUsableSpace() > RESERVE && isWritable();
    } catch (IOException e) {
      LOG.debug("the data folder cannot be written", e);
      return false;
    }
  }

  /** Quotas do not show in the usable space. */
  private boolean isWritable() throws IOException {
    Path trial = Files.createTempFile(folder, "room-", null);
    try {
      Files.write(trial, new byte[TRIAL_BYTES], StandardOpenOption.WRITE);
      return true;
    } finally {
      Files.deleteIfExists(trial);
    }
  }
}
