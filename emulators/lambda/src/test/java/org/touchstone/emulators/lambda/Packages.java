package org.touchstone.emulators.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The functions' packages, each unpacked once. */
final class Packages {
  static final Path FUNCTIONS = Path.of("..", "..", "functions");

  private static final Path FOLDER = Path.of("target", "packages");
  private static final Map<String, FunctionPackage> UNPACKED = new ConcurrentHashMap<>();

  private Packages() {}

  static FunctionPackage of(DeployedFunction function) {
    return UNPACKED.computeIfAbsent(function.module(), module -> unpack(function));
  }

  private static FunctionPackage unpack(DeployedFunction function) {
    try {
      Files.createDirectories(FOLDER);
      return FunctionPackage.unpack(
          function.zip(FUNCTIONS),
          Files.createTempDirectory(FOLDER.toAbsolutePath(), function.module()));
    } catch (IOException e) {
      throw new UncheckedIOException("function packages are made by mvn package", e);
    }
  }
}
