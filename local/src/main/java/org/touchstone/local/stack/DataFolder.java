package org.touchstone.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where a stack keeps what it knows: a folder of the user's, locked while in use, or a temporary
 * one.
 */
final class DataFolder implements AutoCloseable {
  private static final String PORT = "sqs-port";

  private final Path root;
  private final FileChannel lockFile;
  private final boolean temporary;

  private DataFolder(Path root, FileChannel lockFile, boolean temporary) {
    this.root = root;
    this.lockFile = lockFile;
    this.temporary = temporary;
  }

  /**
   * @param folder the folder, made when absent; null for a temporary one
   * @throws StackException when it cannot be used
   */
  static DataFolder open(Path folder) {
    try {
      if (folder == null) {
        return new DataFolder(Files.createTempDirectory("touchstone-"), null, true);
      }
      Files.createDirectories(folder);
      return new DataFolder(folder, lock(folder), false);
    } catch (IOException e) {
      throw new StackException("The data folder cannot be used: " + folder, e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: the same to the caller.
    }
    channel.close();
    throw new StackException("Another Touchstone is using the data folder " + folder + ".");
  }

  /** A subfolder, made when absent. */
  Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new StackException("The data folder cannot be written: " + root, e);
    }
  }

  /** The port that was last remembered here, 0 when there is none. */
  int rememberedPort() {
    try {
      return Integer.parseInt(Files.readString(root.resolve(PORT)).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  void rememberPort(int port) {
    try {
      Files.writeString(root.resolve(PORT), Integer.toString(port));
    } catch (IOException e) {
      throw new StackException("The data folder cannot be written: " + root, e);
    }
  }

  /** Whether what is kept here outlives the stack. */
  boolean isKept() {
    return !temporary;
  }

  @Override
  public void close() {
    try {
      if (lockFile != null) {
        lockFile.close();
      }
      if (temporary) {
        Files.walkFileTree(root, new Delete());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Delete extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
