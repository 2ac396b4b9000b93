package org.touchstone.emulators.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/** A folder that one server at a time keeps its objects in. */
final class ServerFolder implements AutoCloseable {
  private final Path objects;
  private final FileChannel lock;

  private ServerFolder(Path objects, FileChannel lock) {
    this.objects = objects;
    this.lock = lock;
  }

  /**
   * Takes the folder, and makes it when absent.
   *
   * @throws ServerFolderException when another server has it, or it cannot hold objects
   */
  static ServerFolder open(Path folder) {
    try {
      Path objects = Files.createDirectories(folder.resolve("objects"));
      requireAttributes(objects);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isFree(channel)) {
        channel.close();
        throw new ServerFolderException("another process is using the data folder", null);
      }
      return new ServerFolder(objects, channel);
    } catch (IOException e) {
      throw new ServerFolderException("the data folder cannot be written", e);
    }
  }

  Path objects() {
    return objects;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot leave the data folder", e);
    }
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Content types and ETags, and with them conditional writes, live in extended attributes. */
  private static void requireAttributes(Path objects) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(objects, UserDefinedFileAttributeView.class);
    try {
      if (view == null) {
        throw new UnsupportedOperationException();
      }
      view.write("touchstone", ByteBuffer.wrap(new byte[] {1}));
    } catch (IOException | UnsupportedOperationException e) {
      throw new ServerFolderException(
          "the file system of the data folder keeps no extended attributes; use another folder", e);
    }
  }
}
