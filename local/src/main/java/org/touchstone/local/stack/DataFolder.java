package org.touchstone.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jboss.logging.Logger;
import org.touchstone.domain.files.FileMutex;

/**
 * Where a stack keeps what it knows: a folder of the user's, locked while in use, or a temporary
 * one.
 */
final class DataFolder implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DataFolder.class);
  private static final String PORT = "sqs-port";
  private static final String SECRET = "s3-secret";
  private static final int SECRET_BYTES = 20;

  private final Path root;
  private final FileMutex lock;
  private final boolean temporary;

  private DataFolder(Path root, FileMutex lock, boolean temporary) {
    this.root = root;
    this.lock = lock;
    this.temporary = temporary;
  }

  /**
   * @param folder the folder, made when absent; null for a temporary one
   * @throws StackException when it cannot be used
   */
  static DataFolder open(Path folder) {
    try {
      if (folder == null) {
        DataFolder data = new DataFolder(Files.createTempDirectory("touchstone-"), null, true);
        // Media of the user's must not stay behind, however the process is asked to end.
        Runtime.getRuntime().addShutdownHook(new Thread(data::delete));
        return data;
      }
      Path root = folder.toAbsolutePath().normalize();
      if (!Files.exists(root)) {
        Files.createDirectories(root);
        restrict(root, "rwx------");
      }
      return new DataFolder(root, lock(root), false);
    } catch (IOException e) {
      throw new StackException("The data folder cannot be used: " + folder, e);
    }
  }

  /** Where the file system knows owners, nobody else is to read what users have analysed. */
  private static void restrict(Path path, String permissions) throws IOException {
    if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  private static FileMutex lock(Path folder) throws IOException {
    return FileMutex.tryLock(folder.resolve("lock"))
        .orElseThrow(
            () ->
                new StackException("Another Touchstone is using the data folder " + folder + "."));
  }

  /** A subfolder, made when absent. */
  Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new StackException("The data folder cannot be written: " + root, e);
    }
  }

  /** A subfolder with nothing in it: what a process that was killed left there is gone. */
  Path emptyFolder(String name) {
    delete(folder(name));
    return folder(name);
  }

  /** The port that was last remembered here, 0 when there is none. */
  int rememberedPort() {
    try {
      return Integer.parseInt(Files.readString(root.resolve(PORT)).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** A secret that only those who may read this folder know; the same at the next start. */
  String secret() {
    Path file = root.resolve(SECRET);
    try {
      if (Files.exists(file)) {
        return Files.readString(file).strip();
      }
      byte[] bytes = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(bytes);
      String secret = HexFormat.of().formatHex(bytes);
      Files.createFile(file);
      restrict(file, "rw-------");
      Files.writeString(file, secret);
      return secret;
    } catch (IOException e) {
      throw new StackException("The data folder cannot be written: " + root, e);
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
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (temporary) {
      delete();
    }
  }

  private void delete() {
    delete(root);
  }

  /** As far as it can be done: something may still be writing. */
  private static void delete(Path folder) {
    try {
      Files.walkFileTree(folder, new Delete());
    } catch (IOException e) {
      LOG.debug("a temporary folder is not wholly deleted", e);
    }
  }

  private static final class Delete extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return delete(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
      return delete(folder);
    }

    private static FileVisitResult delete(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        LOG.debugf(e, "not deleted: %s", path);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
