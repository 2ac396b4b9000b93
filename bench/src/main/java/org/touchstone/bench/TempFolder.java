package org.touchstone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that is deleted on close. */
record TempFolder(Path path) implements AutoCloseable {
  static TempFolder create() throws IOException {
    return new TempFolder(Files.createTempDirectory("touchstone-bench-"));
  }

  @Override
  public void close() throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(path)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : paths) {
      Files.deleteIfExists(each);
    }
  }
}
