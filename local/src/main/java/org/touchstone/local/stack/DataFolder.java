package org.touchstone.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.files.FileMutex;

/**
 * The folder in which a stack keeps its data: the user's own, locked while in use, or a temporary
 * one.
 */
final class DataFolder implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DataFolder.class);
  private static final String PORT = "sqs-port";
  private static final String S3 = "s3-address";
  private static final String API = "api-address";
  private static final String LOCK = "lock";
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
   * @param folder the folder, created when absent; null for a temporary one
   * @throws FolderInUseException when another stack has the folder
   * @throws StackException when the folder cannot be used
   */
  static DataFolder open(Path folder) {
    try {
      if (folder == null) {
        DataFolder data = new DataFolder(Files.createTempDirectory("touchstone-"), null, true);
        // The user's media must not stay behind, however the process is asked to end.
        Runtime.getRuntime().addShutdownHook(new Thread(data::delete));
        return data;
      }
      Path root = folder.toAbsolutePath().normalize();
      if (!Files.exists(root)) {
        Files.createDirectories(root);
        restrict(root, "rwx------");
      }
      DataFolder data = new DataFolder(root, lock(root), false);
      // Left by a process that is gone; by now, something else may be there.
      Files.deleteIfExists(root.resolve(S3));
      Files.deleteIfExists(root.resolve(API));
      return data;
    } catch (IOException e) {
      throw new StackException("The data folder cannot be used: " + folder, e);
    }
  }

  /** Restricts access to the owner, if the file system has owners: the media are private. */
  private static void restrict(Path path, String permissions) throws IOException {
    if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  private static FileMutex lock(Path folder) throws IOException {
    return FileMutex.tryLock(folder.resolve(LOCK))
        .orElseThrow(() -> new FolderInUseException(folder));
  }

  /** The folder itself. */
  Path root() {
    return root;
  }

  /** A subfolder, created when absent. */
  Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new StackException("The data folder cannot be written: " + root, e);
    }
  }

  /** An empty subfolder; leftovers of a killed process are deleted. */
  Path emptyFolder(String name) {
    delete(folder(name));
    return folder(name);
  }

  /** The port last stored here; 0 if none was stored. */
  int rememberedPort() {
    try {
      return Integer.parseInt(Files.readString(root.resolve(PORT)).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** A secret readable only with access to this folder; the same at the next start. */
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

  /** Where the S3 server of the process that holds this folder is. */
  void rememberS3(URI endpoint) {
    remember(S3, endpoint);
  }

  /** Where the API of the process that holds this folder is. */
  void rememberApi(URI address) {
    remember(API, address);
  }

  /** At once and whole: others read it while they wait for it. */
  private void remember(String name, URI address) {
    try {
      Path part = Files.writeString(root.resolve(name + ".part"), address.toString());
      Files.move(part, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StackException("The data folder cannot be written: " + root, e);
    }
  }

  /**
   * Where the S3 server of the process that holds a folder said it is; empty when none ever did.
   *
   * @throws StackException when the folder cannot be read
   */
  static Optional<RunningS3> running(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      return Files.exists(root.resolve(S3)) && Files.exists(root.resolve(SECRET))
          ? Optional.of(
              new RunningS3(
                  URI.create(Files.readString(root.resolve(S3)).strip()),
                  Files.readString(root.resolve(SECRET)).strip()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new StackException("The data folder cannot be read: " + folder, e);
    }
  }

  /**
   * Where the API of the process that holds a folder said it is; empty when it serves none.
   *
   * @throws StackException when the folder cannot be read
   */
  static Optional<URI> runningApi(Path folder) {
    Path file = folder.toAbsolutePath().normalize().resolve(API);
    try {
      return Files.exists(file)
          ? Optional.of(URI.create(Files.readString(file).strip()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new StackException("The data folder cannot be read: " + folder, e);
    }
  }

  /** An S3 server of another process. */
  record RunningS3(URI endpoint, String secret) {}

  /** Whether the data outlive the stack. */
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

  /** Deletes as much as possible: something may still be writing. */
  private static void delete(Path folder) {
    try {
      Files.walkFileTree(folder, new Delete());
    } catch (IOException e) {
      LOG.debug("a temporary folder was not completely deleted", e);
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
