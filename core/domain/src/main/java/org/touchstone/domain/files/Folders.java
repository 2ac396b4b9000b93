package org.touchstone.domain.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.stream.Stream;

/** Deletes folders, and tells when work in them went on last. */
public final class Folders {
  private Folders() {}

  /**
   * Deletes a folder with all that lies in it, or a file; nothing if there is neither. Symbolic
   * links are deleted and not followed.
   */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // another process deletes it too
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * When something in a folder was written last; {@link Instant#MAX} when that cannot be told, as
   * while another process adds and deletes files.
   */
  public static Instant lastChange(Path folder) {
    Instant last = Instant.MIN;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Instant changed = Files.getLastModifiedTime(file).toInstant();
        last = changed.isAfter(last) ? changed : last;
      }
      return last;
    } catch (IOException | UncheckedIOException e) {
      return Instant.MAX;
    }
  }
}
