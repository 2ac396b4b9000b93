package org.touchstone.emulators.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * An unpacked {@code function.zip}: classes and libraries for Lambda's Java runtime, or a native
 * {@code bootstrap} for its OS-only runtime.
 *
 * @param folder where it was unpacked
 * @param zipBytes size of the zip
 */
public record FunctionPackage(Path folder, long zipBytes) implements FunctionProgram {
  /** Handler of every function on Lambda's Java runtime. */
  public static final String HANDLER =
      "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

  /**
   * {@code JAVA_TOOL_OPTIONS} for Lambda's Java runtime. Quarkus' executor clears thread locals by
   * reflection; from Java 24 on its threads end without this permission.
   */
  public static final String OPENS = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  private static final String BOOTSTRAP = "bootstrap";

  /**
   * Unpacks a package.
   *
   * @param zip a function.zip
   * @param folder an empty folder
   */
  public static FunctionPackage unpack(Path zip, Path folder) throws IOException {
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream in = new ZipInputStream(file)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("an entry leads out of the package");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(in, target);
        }
      }
    }
    Path bootstrap = folder.resolve(BOOTSTRAP);
    if (Files.exists(bootstrap) && !bootstrap.toFile().setExecutable(true)) {
      throw new IOException("bootstrap cannot be made executable");
    }
    return new FunctionPackage(folder, Files.size(zip));
  }

  @Override
  public boolean isNative() {
    return Files.exists(folder.resolve(BOOTSTRAP));
  }

  @Override
  public String handler() {
    return HANDLER;
  }

  @Override
  public List<String> command() {
    if (isNative()) {
      return List.of(folder.resolve(BOOTSTRAP).toString());
    }
    // Lambda's Java runtime starts a JVM like this.
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-Xshare:auto",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        OPENS,
        "-cp",
        RuntimeClient.CLASS_PATH,
        RuntimeClient.MAIN_CLASS,
        HANDLER);
  }
}
