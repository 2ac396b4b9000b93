package org.touchstone.emulators.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A folder in which one server at a time keeps its objects. */
final class ServerFolder implements AutoCloseable {
  /**
   * Folders that servers of this process use. Asked before a lock file is opened: POSIX releases
   * all locks of a process on a file when the process closes any of its descriptors of the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path objects;
  private final Path held;
  private final FileChannel lock;

  private ServerFolder(Path objects, Path held, FileChannel lock) {
    this.objects = objects;
    this.held = held;
    this.lock = lock;
  }

  /**
   * Locks the folder, and creates it when absent.
   *
   * @throws ServerFolderException when another server uses it, or it cannot hold objects
   */
  static ServerFolder open(Path folder) {
    try {
      Path objects = Files.createDirectories(folder.resolve("objects"));
      requireAttributes(objects);
      Path held = folder.toRealPath();
      if (!HELD.add(held)) {
        throw inUse();
      }
      try {
        return new ServerFolder(objects, held, lock(held));
      } catch (IOException | RuntimeException e) {
        HELD.remove(held);
        throw e;
      }
    } catch (IOException e) {
      throw new ServerFolderException("the data folder cannot be written", e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

  private static ServerFolderException inUse() {
    return new ServerFolderException("another process is using the data folder", null);
  }

  Path objects() {
    return objects;
  }

  @Override
  public void close() {
    if (!lock.isOpen()) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the data folder", e);
    } finally {
      HELD.remove(held);
    }
  }

  /** Content types and ETags live in extended attributes. Conditional writes depend on them. */
  private static void requireAttributes(Path objects) {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(objects, UserDefinedFileAttributeView.class);
    if (view == null) {
      throw noAttributes(null);
    }
    try {
      view.write("touchstone", ByteBuffer.wrap(new byte[] {1}));
    } catch (IOException | UnsupportedOperationException e) {
      throw noAttributes(e);
    }
  }

  private static ServerFolderException noAttributes(Exception cause) {
    return new ServerFolderException(
        "the file system of the data folder has no extended attributes; use another folder", cause);
  }
}
