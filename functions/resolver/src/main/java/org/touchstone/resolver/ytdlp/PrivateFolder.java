package org.touchstone.resolver.ytdlp;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A new folder that nobody else may read; deleted with its content when closed. */
record PrivateFolder(Path path) implements AutoCloseable {

  static PrivateFolder within(Path parent) throws IOException {
    return new PrivateFolder(Files.createTempDirectory(parent, "yt-dlp-").toAbsolutePath());
  }

  @Override
  public void close() throws IOException {
    // Follows no symbolic link: its target belongs to somebody else.
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
