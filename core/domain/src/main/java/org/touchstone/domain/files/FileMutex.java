package org.touchstone.domain.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock that at most one thread of one process on this machine holds. Its file is never deleted:
 * otherwise one process could lock the deleted file while another locks a new one.
 */
public final class FileMutex implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);

  /**
   * Files that this process has locked. Asked before a file is opened: POSIX releases all locks of
   * a process on a file when the process closes any of its descriptors of the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path held;
  private final FileChannel channel;

  private FileMutex(Path held, FileChannel channel) {
    this.held = held;
    this.channel = channel;
  }

  /**
   * Locks a file. Creates the file and its folder if they do not exist.
   *
   * @return the lock; empty when another thread or process holds it
   */
  public static Optional<FileMutex> tryLock(Path file) throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent()).toRealPath();
    Path held = folder.resolve(file.getFileName());
    if (!HELD.add(held)) {
      return Optional.empty();
    }
    try {
      Optional<FileMutex> lock = lockOpened(held);
      if (lock.isEmpty()) {
        HELD.remove(held);
      }
      return lock;
    } catch (IOException | RuntimeException e) {
      HELD.remove(held);
      throw e;
    }
  }

  private static Optional<FileMutex> lockOpened(Path held) throws IOException {
    FileChannel channel =
        FileChannel.open(held, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return Optional.of(new FileMutex(held, channel));
      }
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
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } finally {
      HELD.remove(held);
    }
  }
}
