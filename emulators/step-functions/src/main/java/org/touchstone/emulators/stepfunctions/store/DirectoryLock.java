package org.touchstone.emulators.stepfunctions.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a directory for one engine, against those of this process and of others. */
final class DirectoryLock implements AutoCloseable {
  /**
   * Directories that engines of this process use. Asked before a lock file is opened: POSIX
   * releases all locks of a process on a file when the process closes any of its descriptors of the
   * file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path held;
  private final FileChannel channel;

  private DirectoryLock(Path held, FileChannel channel) {
    this.held = held;
    this.channel = channel;
  }

  /**
   * Locks a directory, which exists.
   *
   * @throws IOException when another engine is using it
   */
  static DirectoryLock of(Path directory) throws IOException {
    Path held = directory.toRealPath();
    if (!HELD.add(held)) {
      throw inUse();
    }
    try {
      return new DirectoryLock(held, lock(held.resolve("lock")));
    } catch (IOException | RuntimeException e) {
      HELD.remove(held);
      throw e;
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw inUse();
  }

  private static IOException inUse() {
    return new IOException("the data directory is in use by another engine");
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
