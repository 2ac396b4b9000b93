package org.touchstone.domain.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A lock that at most one thread of one process on this machine holds. Its file is never deleted:
 * otherwise one process could lock the deleted file while another locks a new one.
 */
public final class FileMutex implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final FileChannel channel;

  private FileMutex(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a file. Creates the file and its folder if they do not exist.
   *
   * @return the lock; empty when another thread or process holds it
   */
  public static Optional<FileMutex> tryLock(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return Optional.of(new FileMutex(channel));
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this process holds it.
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  /**
   * Waits for a file's lock and takes it.
   *
   * @throws IOException when the lock is not free in time, or the thread was interrupted
   */
  public static FileMutex lock(Path file, Duration patience) throws IOException {
    long start = System.nanoTime();
    while (true) {
      Optional<FileMutex> lock = tryLock(file);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new IOException("another process has locked " + file.getFileName() + " for too long");
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for a lock");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
